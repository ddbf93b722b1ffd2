package dev.holdfast.common.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

class PeerPropertiesTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private final WebApplicationContextRunner service =
            new WebApplicationContextRunner().withConfiguration(AutoConfigurations.of(PeerAutoConfiguration.class));

    @TempDir
    Path directory;

    @Test
    void a_token_is_taken_as_it_is_set() {
        service.withPropertyValues("holdfast.internal.token=" + TOKEN)
                .run(context -> assertThat(context.getBean(PeerToken.class).authorization())
                        .isEqualTo("Bearer " + TOKEN));
    }

    @Test
    void a_token_is_read_from_its_file_without_the_end_of_the_line() throws IOException {
        var file = Files.writeString(directory.resolve("token"), TOKEN + "\r\n");

        service.withPropertyValues("holdfast.internal.token-file=" + file, "holdfast.internal.token=")
                .run(context -> assertThat(context.getBean(PeerToken.class).authorization())
                        .isEqualTo("Bearer " + TOKEN));
    }

    @Test
    void without_a_token_a_service_does_not_start() {
        service.run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessage("neither holdfast.internal.token nor holdfast.internal.token-file is set"));
    }

    @Test
    void what_is_no_web_service_needs_none() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(PeerAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(PeerToken.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secretsecretsecretsecretsecrets",
                "secret secret secret secret secret secret",
                "secretsecretsecretsecretsecretsecret\u00e9",
                "secretsecretsecretsecretsecret\nX-Evil: 1"
            })
    void a_token_that_is_worth_little_or_fits_no_header_is_refused_and_not_quoted(String token) {
        var properties = new PeerProperties(token, "");

        assertThatThrownBy(properties::read)
                .isInstanceOf(PeerTokenProblem.class)
                .hasMessageContaining("holdfast.internal.token")
                .hasMessageNotContaining("secret");
    }

    @Test
    void a_file_that_is_not_there_or_empty_or_endless_is_said() throws IOException {
        var empty = Files.writeString(directory.resolve("empty"), "\n");

        assertThatThrownBy(new PeerProperties("", directory.resolve("none").toString())::read)
                .hasMessageContaining("holdfast.internal.token-file can't be read")
                .hasMessageContaining("none");
        assertThatThrownBy(new PeerProperties("", empty.toString())::read).hasMessageContaining("and has 0");
        assertThatThrownBy(new PeerProperties("", "/dev/zero")::read).isInstanceOf(PeerTokenProblem.class);
    }

    @Test
    void two_tokens_are_one_too_many() {
        assertThatThrownBy(new PeerProperties(TOKEN, "/a/file")::read).hasMessageContaining("both set");
    }

    @Test
    void the_token_is_in_no_text() {
        var properties = new PeerProperties(TOKEN, "");

        assertThat(properties + " " + properties.read()).doesNotContain(TOKEN);
    }

    @Test
    void the_analysis_says_what_is_wrong_and_what_to_type() {
        var analysis = new PeerTokenAnalyzer().analyze(new IllegalStateException(new PeerTokenProblem("a problem")));

        assertThat(analysis.getDescription()).contains("a problem");
        assertThat(analysis.getAction()).contains("HOLDFAST_INTERNAL_TOKEN", "openssl rand -hex 32");
    }
}
