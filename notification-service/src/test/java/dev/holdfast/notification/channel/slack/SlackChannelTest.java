package dev.holdfast.notification.channel.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.notification.channel.Channel;
import dev.holdfast.notification.channel.ChannelContract;
import dev.holdfast.notification.channel.DeliveryProblem;
import dev.holdfast.notification.channel.NotDelivered;
import dev.holdfast.notification.channel.SlackServer;
import java.net.URI;
import java.time.Duration;
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
        return new SlackChannel(URI.create(server.url()));
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
        var odd = new SlackChannelFactory(new SlackProperties("ht tp://verysecret"));

        assertThat(properties.toString()).doesNotContain("verysecret");
        assertThat(channel() + channel().target()).doesNotContain("verysecret");
        assertThatThrownBy(odd::channel)
                .isInstanceOf(IllegalStateException.class)
                .hasNoCause()
                .hasMessageNotContaining("verysecret");
    }

    @Test
    void an_empty_address_is_no_channel() {
        assertThat(new SlackChannelFactory(new SlackProperties(" ")).channel()).isEmpty();
    }

    private static int fences(String text) {
        return text.split("```", -1).length - 1;
    }

    private JsonNode payload() {
        return JsonMapper.shared().readTree(server.posted().getFirst());
    }
}
