package dev.holdfast.notification.channel.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.holdfast.common.outbound.AddressRefused;
import dev.holdfast.common.outbound.OutboundGuard;
import dev.holdfast.notification.channel.AlertKind;
import dev.holdfast.notification.channel.Channel;
import dev.holdfast.notification.channel.ChannelContract;
import dev.holdfast.notification.channel.DeliveryProblem;
import dev.holdfast.notification.channel.NotDelivered;
import dev.holdfast.notification.channel.SmtpServer;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class EmailChannelTest extends ChannelContract {
    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Override
    protected Channel channel() {
        return channel(server.getSmtp().getPort());
    }

    @Override
    protected Channel refused() {
        return channel(SmtpServer.replying("550 no such user").port());
    }

    @Override
    protected Channel busy() {
        return channel(SmtpServer.replying("451 try again later").port());
    }

    @Override
    protected Channel down() {
        var port = server.getSmtp().getPort();
        server.stop();
        return channel(port);
    }

    @Override
    protected List<String> arrived() {
        return Arrays.stream(server.getReceivedMessages())
                .map(GreenMailUtil::getWholeMessage)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "421 closing, false, BUSY",
        "450 busy, false, BUSY",
        "550 no, true, REFUSED",
        "554 never, true, REFUSED",
        "530 log in first, false, LOGIN_REFUSED"
    })
    void a_reply_is_for_good_or_not(String reply, boolean permanent, DeliveryProblem problem) {
        try (var smtp = SmtpServer.replying(reply)) {
            var failure = catchThrowableOfType(
                    NotDelivered.class, () -> channel(smtp.port()).send(message("shop")));

            assertThat(failure.isPermanent()).as(failure.reason()).isEqualTo(permanent);
            assertThat(failure.reason()).contains(reply.substring(0, 3));
            assertThat(failure.problem()).isEqualTo(problem);
        }
    }

    @Test
    void a_server_that_is_down_can_not_be_reached() {
        assertThat(failure(down()).problem()).isEqualTo(DeliveryProblem.UNREACHABLE);
    }

    @Test
    void a_name_is_connected_to_at_its_first_allowed_address_that_answers() throws Exception {
        named("169.254.169.254", "127.0.0.9", "127.0.0.1").send(message("shop"));

        assertThat(arrived()).hasSize(1);
    }

    @Test
    void a_name_that_means_a_forbidden_address_is_left_alone_for_good() {
        var failure = failure(named("169.254.169.254"));

        assertThat(failure.problem()).isEqualTo(DeliveryProblem.ADDRESS_REFUSED);
        assertThat(failure.isPermanent()).isTrue();
        assertThat(failure.reason()).contains("mail.example.org", "169.254.169.254");
    }

    @Test
    void encryption_goes_through_the_guard_too() {
        var sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(server.getSmtp().getPort());
        sender.getJavaMailProperties().setProperty("mail.smtp.ssl.enable", "true");
        var asked = new AtomicInteger();
        GuardedMail.guard(sender, OutboundGuard.standard(host -> {
            asked.incrementAndGet();
            return List.of(InetAddress.getByName("169.254.169.254"));
        }));

        assertThat(catchThrowable(sender::testConnection)).hasRootCauseInstanceOf(AddressRefused.class);
        assertThat(asked).hasValue(1);
    }

    @Test
    void a_socket_factory_of_ones_own_is_refused() {
        var sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.getJavaMailProperties().setProperty("mail.smtp.ssl.socketFactory.class", "a.Class");

        assertThatThrownBy(() -> GuardedMail.guard(sender, OutboundGuard.standard()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("mail.smtp.ssl.socketFactory.class");
    }

    @ParameterizedTest
    @CsvSource({"mail.smtp.connectiontimeout, soon", "mail.smtp.connectiontimeout, -1", "mail.smtp.port, x"})
    void a_setting_that_is_no_number_is_said(String key, String value) {
        var sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.getJavaMailProperties().setProperty(key, value);

        assertThatThrownBy(() -> GuardedMail.guard(sender, OutboundGuard.standard()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(value);
    }

    private Channel named(String... addresses) {
        return channel("mail.example.org", server.getSmtp().getPort(), OutboundGuard.standard(host -> {
            var meant = new ArrayList<InetAddress>();
            for (var address : addresses) {
                meant.add(InetAddress.getByName(address));
            }
            return meant;
        }));
    }

    @Test
    void the_target_names_receivers_and_server() {
        assertThat(channel(2525).target()).isEqualTo("ops@example.org through 127.0.0.1:2525");
    }

    @Test
    void the_end_is_an_answer_to_the_beginning() throws Exception {
        channel().send(message(AlertKind.RAISED, "shop"));
        channel().send(message(AlertKind.RESOLVED, "shop"));

        var mails = server.getReceivedMessages();
        assertThat(mails[0].getMessageID()).isEqualTo("<" + ALERT + ".raised@example.org>");
        assertThat(mails[1].getMessageID()).isEqualTo("<" + ALERT + ".resolved@example.org>");
        assertThat(mails[1].getHeader("In-Reply-To")).containsExactly(mails[0].getMessageID());
        assertThat(mails[1].getHeader("References")).containsExactly(mails[0].getMessageID());
    }

    @Test
    void a_name_adds_no_header_and_no_receiver() throws Exception {
        channel().send(message("shop\r\nBcc: evil@example.org\r\nX-Evil: 1\r\n\r\nbody"));

        var mails = server.getReceivedMessages();
        assertThat(mails).hasSize(1);
        assertThat(mails[0].getHeader("Bcc")).isNull();
        assertThat(mails[0].getHeader("X-Evil")).isNull();
        assertThat(mails[0].getSubject())
                .isEqualTo("[FAILED] backup of \"shop Bcc: evil@example.org X-Evil: 1 body\": permission denied");
    }

    @Test
    void html_shows_markup_instead_of_obeying_it() throws Exception {
        channel().send(message("<img src=x onerror=alert(1)> \u202Egnp"));

        assertThat(part(server.getReceivedMessages()[0], 1))
                .contains("&lt;img src=x onerror=alert(1)&gt;")
                .doesNotContain("<img")
                .doesNotContain("\u202E");
    }

    @Test
    void what_deletes_data_is_marked_in_both_parts() throws Exception {
        channel().send(message("shop"));

        var mail = server.getReceivedMessages()[0];
        assertThat(part(mail, 0)).contains("1. Look at shop", "ls -ld 'shop'", "2. DESTRUCTIVE, deletes data: Start");
        assertThat(part(mail, 1)).contains("<b>Destructive, deletes data:</b> Start afresh");
    }

    private static String part(MimeMessage mail, int number) throws Exception {
        return (String) ((MimeMultipart) mail.getContent()).getBodyPart(number).getContent();
    }

    private static Channel channel(int port) {
        return channel("127.0.0.1", port, OutboundGuard.standard());
    }

    private static Channel channel(String host, int port, OutboundGuard guard) {
        try {
            var sender = new JavaMailSenderImpl();
            sender.setHost(host);
            sender.setPort(port);
            GuardedMail.guard(sender, guard);
            return new EmailChannel(
                    sender,
                    new InternetAddress("holdfast@example.org"),
                    List.of(new InternetAddress("Ops <ops@example.org>")),
                    "127.0.0.1:" + port);
        } catch (jakarta.mail.internet.AddressException e) {
            throw new IllegalStateException(e);
        }
    }
}
