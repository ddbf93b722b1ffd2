package dev.holdfast.notification.channel;

import dev.holdfast.common.failure.Remedy;
import java.util.List;

/** Every way in which a channel does not take a message. Names are sent: never rename or reuse one. */
public enum DeliveryProblem {
    ADDRESS_REFUSED(
            "The server has no address that Holdfast may connect to: link-local addresses and those of a cloud's metadata are"
                    + " forbidden whatever is set, others by the settings holdfast.outbound.",
            "Correct the host in the channel's settings, or allow its network (holdfast.outbound), and start the"
                    + " notification-service again"),
    UNREACHABLE(
            "Nothing takes connections at the channel's address: a wrong host or port, a server that is down, or a firewall in"
                    + " between.",
            "See that host and port are right, and that this machine may connect to them"),
    NO_ANSWER(
            "The server took the connection and did not say in time that it has taken the message.",
            "See that host and port are the ones of this kind of server, and try again"),
    TLS_FAILED(
            "Client and server do not agree on encryption, or the server's certificate can't be verified.",
            "For mail: port 465 speaks TLS from the start (SPRING_MAIL_PROPERTIES_MAIL_SMTP_SSL_ENABLE), port 587 after"
                    + " STARTTLS; a certificate of one's own has to be among those that Java trusts"),
    LOGIN_REFUSED(
            "The server does not take the user name and the password, or wants some and is given none.",
            "Correct SPRING_MAIL_USERNAME and SPRING_MAIL_PASSWORD, and start the notification-service again"),
    BUSY("The server does not want messages at present, and says that this passes.", "Try again later"),
    REFUSED(
            "The server does not take this message and never will: a sender, a receiver or a webhook that it does not know, or a"
                    + " channel that is gone.",
            "Correct the channel's settings by what the server says, and start the notification-service again"),
    UNEXPECTED(
            "Holdfast met an error that it does not know.",
            "Report it with the log of the notification-service: docker compose logs notification-service");

    private final String cause;
    private final String remedy;

    DeliveryProblem(String cause, String remedy) {
        this.cause = cause;
        this.remedy = remedy;
    }

    /** Why such a thing happens. */
    public String cause() {
        return cause;
    }

    public List<Remedy> remedies() {
        return List.of(new Remedy(remedy, List.of(), false));
    }
}
