package dev.holdfast.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.api.web.problem.ApiProblem;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CursorTest {
    @Test
    void a_cursor_leads_back_to_its_place() {
        for (int count = 0; count < 1000; count++) {
            var id = UUID.randomUUID();
            assertThat(Cursor.read(Cursor.write(id, "backups"), "backups")).isEqualTo(id);
        }
    }

    @Test
    void a_cursor_with_any_character_changed_is_refused() {
        var random = new Random(1);
        var cursor = Cursor.write(UUID.randomUUID(), "backups");
        for (int at = 0; at < cursor.length(); at++) {
            for (int count = 0; count < 20; count++) {
                var altered = new StringBuilder(cursor);
                altered.setCharAt(at, (char) (' ' + random.nextInt(95)));
                if (!altered.toString().equals(cursor)) {
                    refused(altered.toString(), "backups");
                }
            }
        }
    }

    @Test
    void a_cursor_is_refused_in_another_list_and_in_parts() {
        var cursor = Cursor.write(UUID.randomUUID(), "backups status=failed");

        refused(cursor, "backups status=completed");
        refused("", "backups");
        refused(cursor.substring(1), "backups status=failed");
        refused(cursor + "AA", "backups status=failed");
        refused(cursor + "=", "backups status=failed");
    }

    private static void refused(String cursor, String scope) {
        assertThatExceptionOfType(ApiProblem.class)
                .isThrownBy(() -> Cursor.read(cursor, scope))
                .satisfies(problem ->
                        assertThat(problem.errors().getFirst().parameter()).isEqualTo("cursor"));
    }
}
