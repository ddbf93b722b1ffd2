package dev.holdfast.common.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds docs/failures.md against the codes. */
class FailureCodesTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("<([a-zA-Z]+)>");

    private final Map<String, String> entries = entries();

    @Test
    void every_code_has_an_entry_and_every_entry_a_code() {
        assertThat(entries.keySet())
                .containsExactlyElementsOf(
                        Arrays.stream(FailureCode.values()).map(Enum::name).toList());
    }

    @ParameterizedTest
    @EnumSource
    void an_entry_says_class_cause_and_what_to_do(FailureCode code) {
        var entry = entries.get(code.name());

        assertThat(entry)
                .contains("**Class:** " + code.failureClass())
                .contains("**What happened.**")
                .contains("**How it looks.**")
                .contains("**What to do.**");
    }

    @ParameterizedTest
    @EnumSource
    void an_entry_holds_every_command_that_the_failure_itself_tells(FailureCode code) {
        var entry = entries.get(code.name());
        for (var remedy : code.remedies(Map.of())) {
            for (var command : remedy.commands()) {
                assertThat(entry).contains(command);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_code_has_a_cause_and_something_that_can_be_done(FailureCode code) {
        assertThat(code.cause()).isNotBlank().endsWith(".");
        assertThat(code.remedies(Map.of()).isEmpty()).isEqualTo(code == FailureCode.CANCELLED);
    }

    @Test
    void only_a_refusal_of_the_storage_passes_with_its_repair() {
        assertThat(FailureCode.STORAGE_PERMISSION_DENIED.passesWithStorage()).isTrue();
        assertThat(FailureCode.STORAGE_FULL.passesWithStorage()).isFalse();
        assertThat(FailureCode.SOURCE_PRIVILEGE_MISSING.passesWithStorage()).isFalse();
        assertThat(FailureCode.MEDIA_UNREADABLE.passesWithStorage()).isFalse();
    }

    /** Whoever classifies a failure gives these facts; a name that is not here is a typing error. */
    @ParameterizedTest
    @EnumSource
    void a_placeholder_is_one_of_the_known_facts(FailureCode code) {
        var placeholders = code.remedies(Map.of()).stream()
                .flatMap(remedy -> remedy.commands().stream())
                .flatMap(command -> PLACEHOLDER.matcher(command).results())
                .map(match -> match.group(1));

        assertThat(placeholders)
                .isSubsetOf(
                        "host",
                        "port",
                        "username",
                        "database",
                        "path",
                        "root",
                        "mount",
                        "uid",
                        "gid",
                        "package",
                        "grant",
                        "grantAll",
                        "alterRole",
                        "blockers",
                        "activity",
                        "parked",
                        "replay");
    }

    private static Map<String, String> entries() {
        var entries = new LinkedHashMap<String, String>();
        for (var section : document().split("(?m)^## ")) {
            var heading = section.lines().findFirst().orElse("");
            if (heading.matches("[A-Z_]+")) {
                entries.put(heading, section);
            }
        }
        return entries;
    }

    private static String document() {
        try {
            return Files.readString(Path.of("../docs/failures.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
