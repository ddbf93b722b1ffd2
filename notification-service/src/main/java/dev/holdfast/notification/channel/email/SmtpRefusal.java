package dev.holdfast.notification.channel.email;

import dev.holdfast.common.outbound.AddressRefused;
import dev.holdfast.notification.channel.DeliveryProblem;
import dev.holdfast.notification.channel.NotDelivered;
import dev.holdfast.notification.text.PlainLine;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;

/**
 * Why a mail server did not take a mail. It is refused for good when everything that the server said is a 5xx reply. A login that
 * is refused, or missing, counts as passing: it is put right in the settings, and the alert is still wanted then.
 */
record SmtpRefusal(DeliveryProblem problem, String reason, boolean isPermanent, boolean isPartial) {
    /** RFC 4954: authentication required, a stronger one required, refused. */
    private static final Set<Integer> LOGIN_WANTED = Set.of(530, 534, 535);

    private static final int LONGEST = 300;

    static SmtpRefusal of(MailException e) {
        var causes = causes(e);
        var codes =
                causes.stream().map(SmtpRefusal::code).filter(code -> code > 0).toList();
        var isPermanent = isForbidden(causes)
                || !codes.isEmpty() && codes.stream().allMatch(code -> code / 100 == 5) && !isOfTheLogin(causes, codes);
        var isPartial = causes.stream()
                .anyMatch(cause -> cause instanceof SendFailedException failed
                        && failed.getValidSentAddresses() != null
                        && failed.getValidSentAddresses().length > 0);
        return new SmtpRefusal(problem(causes, codes, isPermanent), reason(causes, e), isPermanent, isPartial);
    }

    NotDelivered toNotDelivered() {
        return isPermanent ? NotDelivered.permanently(problem, reason) : NotDelivered.forNow(problem, reason);
    }

    /** Spring's exception keeps one per mail, and each of Jakarta's may have a next and a cause. */
    private static List<Exception> causes(MailException e) {
        var causes = new ArrayList<Exception>();
        if (e instanceof MailSendException failed) {
            for (var each : failed.getMessageExceptions()) {
                collect(each, causes);
            }
        }
        if (causes.isEmpty() && e.getCause() instanceof Exception cause) {
            collect(cause, causes);
        }
        return causes;
    }

    private static void collect(Exception e, List<Exception> into) {
        if (into.contains(e)) {
            return;
        }
        into.add(e);
        if (e instanceof MessagingException messaging && messaging.getNextException() != null) {
            collect(messaging.getNextException(), into);
        }
    }

    private static int code(Exception e) {
        return switch (e) {
            case SMTPAddressFailedException refused -> refused.getReturnCode();
            case SMTPSendFailedException refused -> refused.getReturnCode();
            default -> 0;
        };
    }

    private static DeliveryProblem problem(List<Exception> causes, List<Integer> codes, boolean isPermanent) {
        if (isForbidden(causes)) {
            return DeliveryProblem.ADDRESS_REFUSED;
        }
        if (isOfTheLogin(causes, codes)) {
            return DeliveryProblem.LOGIN_REFUSED;
        }
        if (!codes.isEmpty()) {
            return isPermanent ? DeliveryProblem.REFUSED : DeliveryProblem.BUSY;
        }
        if (causes.stream().anyMatch(SSLException.class::isInstance)) {
            return DeliveryProblem.TLS_FAILED;
        }
        return causes.stream().anyMatch(SmtpRefusal::isOfTheConnection)
                ? DeliveryProblem.UNREACHABLE
                : DeliveryProblem.NO_ANSWER;
    }

    private static boolean isOfTheLogin(List<Exception> causes, List<Integer> codes) {
        return causes.stream().anyMatch(AuthenticationFailedException.class::isInstance)
                || codes.stream().anyMatch(LOGIN_WANTED::contains);
    }

    private static boolean isForbidden(List<Exception> causes) {
        return causes.stream().anyMatch(AddressRefused::isBehind);
    }

    private static boolean isOfTheConnection(Exception cause) {
        return switch (cause) {
            case ConnectException e -> true;
            case NoRouteToHostException e -> true;
            case UnknownHostException e -> true;
            case SocketTimeoutException e -> String.valueOf(e.getMessage()).startsWith("Connect");
            default -> false;
        };
    }

    private static String reason(List<Exception> causes, MailException e) {
        var last = causes.isEmpty() ? e : causes.getLast();
        if (causes.stream().anyMatch(AuthenticationFailedException.class::isInstance)) {
            return "the mail server refused the login; check SPRING_MAIL_USERNAME and SPRING_MAIL_PASSWORD";
        }
        var text = "the mail server: " + last.getClass().getSimpleName() + ": " + last.getMessage();
        return PlainLine.of(text, LONGEST);
    }
}
