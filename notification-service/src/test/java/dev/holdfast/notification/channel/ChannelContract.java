package dev.holdfast.notification.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.common.failure.Remedy;
import dev.holdfast.notification.channel.AlertMessage.Fact;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every channel keeps, against a real server of its kind. */
public abstract class ChannelContract {
    protected static final UUID ALERT = UUID.fromString("0193d9a0-0000-7000-8000-000000000001");

    /** The channel, to a server that is up. */
    protected abstract Channel channel();

    /** The same, to a server that refuses for good; it says so with words that hold a secret. */
    protected abstract Channel refused();

    /** The same, to a server that refuses for now. */
    protected abstract Channel busy();

    /** The same, to a port where nothing listens. */
    protected abstract Channel down();

    /** What has arrived, as raw text. */
    protected abstract List<String> arrived();

    @Test
    void a_message_arrives_once() throws Exception {
        channel().send(message("shop"));

        assertThat(arrived()).singleElement().satisfies(text -> assertThat(text).contains("shop"));
    }

    @Test
    void a_server_that_is_down_is_not_for_good() {
        assertThat(failure(down()).isPermanent()).isFalse();
    }

    @Test
    void a_server_that_is_busy_is_not_for_good() {
        assertThat(failure(busy()).isPermanent()).isFalse();
    }

    @Test
    void a_refusal_is_for_good_and_says_why() {
        var refusal = failure(refused());

        assertThat(refusal.isPermanent()).isTrue();
        assertThat(refusal.reason()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop\r\nBcc: evil@example.org\r\n\r\nbody",
                "<!channel> <!here> <@U123> @here @channel",
                "<script>alert(1)</script><img src=x onerror=alert(1)>&amp;",
                "\u202Egnp.exe \u2066x\u2069",
                "\uD83D\uDE00 \uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 \uD800 \u0000 \u0007",
                "```\n<!channel>\n``` `x` *bold* ~gone~ <https://evil.example|click>"
            })
    void no_name_breaks_a_message(String name) {
        assertThatCode(() -> channel().send(message(name))).doesNotThrowAnyException();

        assertThat(arrived()).hasSize(1);
    }

    @Test
    void ten_thousand_characters_are_cut() {
        assertThatCode(() -> channel().send(message("&".repeat(10_000)))).doesNotThrowAnyException();

        assertThat(arrived()).hasSize(1);
    }

    protected static NotDelivered failure(Channel channel) {
        return catchThrowableOfType(NotDelivered.class, () -> channel.send(message("shop")));
    }

    protected static AlertMessage message(String name) {
        return message(AlertKind.RAISED, name);
    }

    protected static AlertMessage message(AlertKind kind, String name) {
        return new AlertMessage(
                ALERT,
                kind,
                "[FAILED] backup of \"" + name + "\": permission denied",
                List.of(new Fact("What happened", name), new Fact("Detail", name + "\nsecond line")),
                List.of(
                        new Remedy("Look at " + name, List.of("ls -ld '" + name + "'"), false),
                        new Remedy("Start afresh", List.of("docker volume rm x"), true)),
                "http://127.0.0.1:8080/backups/1");
    }
}
