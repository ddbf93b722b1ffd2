package dev.holdfast.common.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureTest {

    @Test
    void a_failure_brings_the_cause_and_the_remedies_of_its_code_with_the_facts_of_its_case() {
        var failure = Failure.of(
                FailureCode.STORAGE_PERMISSION_DENIED,
                "/app/backups refuses user 1001",
                "EACCES",
                Map.of("path", "/app/backups", "uid", "1001", "gid", "1001"));

        assertThat(failure.cause()).isEqualTo(FailureCode.STORAGE_PERMISSION_DENIED.cause());
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.remedies())
                .anySatisfy(remedy -> assertThat(remedy.commands()).contains("chown -R 1001:1001 /app/backups"));
    }

    @ParameterizedTest
    @EnumSource
    void trying_again_helps_exactly_where_waiting_does(FailureCode code) {
        assertThat(Failure.of(code, "", "", Map.of()).retryable())
                .isEqualTo(code.failureClass() == FailureClass.RETRY_LATER);
    }

    @Test
    void an_exception_tells_code_and_summary_but_not_the_detail() {
        var exception = BackupException.of(FailureCode.SOURCE_LOCKED, "orders is locked", "raw words", Map.of());

        assertThat(exception).hasMessage("SOURCE_LOCKED: orders is locked");
        assertThat(exception.failure().detail()).isEqualTo("raw words");
    }
}
