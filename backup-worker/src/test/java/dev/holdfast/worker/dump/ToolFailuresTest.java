package dev.holdfast.worker.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.failure.FailureCode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolFailuresTest {
    private static final Path TOOL = Path.of("/usr/lib/postgresql/15/bin/pg_dump");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cannot run program \"/usr/bin/setpriv\": error=11, Resource temporarily unavailable",
                "Cannot run program \"/usr/bin/setpriv\": error=12, Cannot allocate memory",
                "Cannot run program \"/usr/bin/setpriv\": error=24, Too many open files",
                "Cannot run program \"/usr/bin/setpriv\": posix_spawn failed, error: 11 (Resource temporarily unavailable) \nPossible",
                "Cannot run program \"/usr/bin/setpriv\": Exec failed, error: 12 (Cannot allocate memory) ",
                "/dev/null (Too many open files)",
                "/dev/null (Too many open files in system)"
            })
    void what_others_may_give_back_is_tried_again(String message) {
        var failure =
                ToolFailures.notStarted(TOOL, 15, new IOException(message)).failure();

        assertThat(failure.code()).isEqualTo(FailureCode.TOOL_KILLED);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.summary()).contains(TOOL.toString());
        assertThat(failure.detail()).contains(message);
    }

    @Test
    void a_thread_that_can_not_be_had_for_the_tool_is_tried_again() {
        var error = new IOException(
                "the tool could not be started", new OutOfMemoryError("unable to create native thread"));

        assertThat(ToolFailures.notStarted(TOOL, 15, error).failure().code()).isEqualTo(FailureCode.TOOL_KILLED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cannot run program \"/usr/bin/setpriv\": error=2, No such file or directory",
                "Cannot run program \"/usr/bin/setpriv\": Exec failed, error: 13 (Permission denied)",
                "error=8, Exec format error",
                "error=112, Host is down"
            })
    void what_is_not_there_or_may_not_be_run_is_missing(String message) {
        var failure =
                ToolFailures.notStarted(TOOL, 15, new IOException(message)).failure();

        assertThat(failure.code()).isEqualTo(FailureCode.TOOL_MISSING);
        assertThat(failure.remedies().getFirst().commands()).containsExactly("apt-get install -y postgresql-client-15");
    }
}
