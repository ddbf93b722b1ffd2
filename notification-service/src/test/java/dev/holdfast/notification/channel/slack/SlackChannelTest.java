package dev.holdfast.notification.channel.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.common.outbound.OutboundGuard;
import dev.holdfast.notification.channel.Channel;
import dev.holdfast.notification.channel.ChannelContract;
import dev.holdfast.notification.channel.DeliveryProblem;
import dev.holdfast.notification.channel.NotDelivered;
import dev.holdfast.notification.channel.SlackServer;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SlackChannelTest extends ChannelContract {
    private final SlackServer server = SlackServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected Channel channel() {
        return new SlackChannel(URI.create(server.url()), OutboundGuard.standard());
    }

    @Override
    protected Channel refused() {
        server.answering(request -> 404);
        return channel();
    }

    @Override
    protected Channel busy() {
        server.answering(request -> 503);
        return channel();
    }

    @Override
    protected Channel down() {
        server.close();
        return channel();
    }

    @Override
    protected List<String> arrived() {
        return server.taken();
    }

    @ParameterizedTest
    @CsvSource({"500, false", "503, false", "302, true", "307, true", "400, true", "403, true", "404, true", "410, true"
    })
    void an_answer_is_for_good_or_not(int status, boolean permanent) {
        server.answering(request -> status);

        var failure = catchThrowableOfType(NotDelivered.class, () -> channel().send(message("shop")));

        assertThat(failure.isPermanent()).isEqualTo(permanent);
        assertThat(failure.reason()).contains(String.valueOf(status)).doesNotContain("verysecret");
        assertThat(server.posted()).hasSize(1);
    }

    @Test
    void a_failure_says_of_which_kind_it_is() {
        assertThat(failure(refused()).problem()).isEqualTo(DeliveryProblem.REFUSED);
        assertThat(failure(busy()).problem()).isEqualTo(DeliveryProblem.BUSY);
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
        assertThat(failure.reason())
                .contains("hooks.example.org", "169.254.169.254")
                .doesNotContain("verysecret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254",
                "https://169.254.169.254",
                "http://2852039166",
                "http://[::ffff:a9fe:a9fe]",
                "http://[64:ff9b::a9fe:a9fe]",
                "http://0.0.0.0",
                "http://[::]"
            })
    void no_notation_of_a_forbidden_address_gets_past(String host) {
        var channel = new SlackChannel(URI.create(host + "/verysecret"), OutboundGuard.standard());

        assertThat(failure(channel).problem()).isEqualTo(DeliveryProblem.ADDRESS_REFUSED);
    }

    private Channel named(String... addresses) {
        var url = URI.create(server.url().replace("127.0.0.1", "hooks.example.org"));
        return new SlackChannel(url, OutboundGuard.standard(host -> {
            var meant = new ArrayList<InetAddress>();
            for (var address : addresses) {
                meant.add(InetAddress.getByName(address));
            }
            return meant;
        }));
    }

    @Test
    void slack_says_how_long_it_wants_to_be_left_alone() {
        server.answering(request -> 429);

        var failure = catchThrowableOfType(NotDelivered.class, () -> channel().send(message("shop")));

        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!channel> <!here> <!everyone> <@U123> <#C1> @here @channel",
                "``` <!channel> ``` <https://evil.example|click>"
            })
    void nobody_is_mentioned_and_nothing_is_linked(String name) throws Exception {
        channel().send(message(name));

        var payload = payload();
        payload.path("blocks").forEach(block -> {
            var text = block.path("text");
            if (text.path("type").stringValue().equals("mrkdwn")) {
                assertThat(text.path("verbatim").booleanValue()).isTrue();
                assertThat(text.path("text").stringValue()).doesNotContain("<!", "<@", "<#", "<https", "<http://evil");
                assertThat(fences(text.path("text").stringValue())).isIn(0, 2);
            }
        });
        assertThat(payload.path("text").stringValue()).doesNotContain("<");
    }

    @Test
    void every_block_keeps_slacks_limits() throws Exception {
        channel().send(message("<&`".repeat(4_000)));

        var blocks = payload().path("blocks");
        assertThat(blocks.size()).isLessThanOrEqualTo(50);
        blocks.forEach(block -> assertThat(
                        block.path("text").path("text").stringValue().length())
                .isLessThanOrEqualTo(block.path("type").stringValue().equals("header") ? 150 : 3000));
    }

    @Test
    void the_address_is_in_no_text_about_the_channel() {
        var properties = new SlackProperties(server.url());
        var odd = new SlackChannelFactory(new SlackProperties("ht tp://verysecret"), OutboundGuard.standard());

        assertThat(properties.toString()).doesNotContain("verysecret");
        assertThat(channel() + channel().target()).doesNotContain("verysecret");
        assertThatThrownBy(odd::channel)
                .isInstanceOf(IllegalStateException.class)
                .hasNoCause()
                .hasMessageNotContaining("verysecret");
    }

    @Test
    void an_empty_address_is_no_channel() {
        assertThat(new SlackChannelFactory(new SlackProperties(" "), OutboundGuard.standard()).channel())
                .isEmpty();
    }

    private static int fences(String text) {
        return text.split("```", -1).length - 1;
    }

    private JsonNode payload() {
        return JsonMapper.shared().readTree(server.posted().getFirst());
    }
}
