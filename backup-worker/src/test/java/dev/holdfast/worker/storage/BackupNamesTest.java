package dev.holdfast.worker.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.id.BackupId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupNamesTest {
    private static final String ALPHABET = "ab01.-_AZ /\\é🐘\u0000\n\t*?~$'\"%\u202e\uD83D";

    @ParameterizedTest
    @ValueSource(strings = {"shop", "shop-2", "web.shop_1", "x", "a-0123456789a"})
    void a_plain_name_stands_for_itself(String name) {
        assertThat(BackupNames.ofSource(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                ".part",
                "-Fc",
                "../../etc/passwd",
                "a/b",
                "Shop",
                "shop.",
                "a b",
                "dbname=src host=/x",
                "x;touch /tmp/pwn",
                "a'b\"c d",
                "sh_op-0123456789ab",
                "名前",
                "lost+found"
            })
    void any_other_name_becomes_safe_and_keeps_a_hash(String name) {
        assertThat(BackupNames.ofSource(name))
                .matches("[A-Za-z0-9_][A-Za-z0-9._-]*-[0-9a-f]{12}")
                .isNotEqualTo(name)
                .hasSizeLessThanOrEqualTo(60);
    }

    @Test
    void sixty_four_elephants_fit_a_directory_entry() {
        var names = BackupNames.ofBackup("🐘".repeat(64), Fixtures.NOON, Fixtures.ID);

        assertThat(names).allSatisfy(name -> assertThat(name.getBytes(US_ASCII)).hasSizeLessThan(255));
    }

    @Test
    void two_names_never_share_a_directory_also_where_case_does_not_count() {
        var random = new Random(20261123);
        var taken = new HashMap<String, String>();
        for (int i = 0; i < 200_000; i++) {
            var name = anyName(random);
            var directory = BackupNames.ofSource(name);
            var other = taken.put(directory.toLowerCase(Locale.ROOT), name);

            assertThat(other).as(directory).isIn(null, name);
            assertThat(directory).matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,59}");
            // The replacement, used as a name itself, is the nearest thing to a twin.
            if (!directory.equals(name)) {
                assertThat(BackupNames.ofSource(directory)).isNotEqualToIgnoringCase(directory);
            }
        }
    }

    @Test
    void a_backup_is_named_by_source_time_in_utc_and_the_random_end_of_its_id() {
        var names = BackupNames.ofBackup("shop", Instant.parse("2026-01-02T03:04:05.999Z"), Fixtures.ID);

        assertThat(names)
                .containsExactly(
                        "shop_backup_20260102_030405_2e3f4a5b",
                        "shop_backup_20260102_030405_8a9b0c1d2e3f4a5b",
                        "shop_backup_20260102_030405_0190a1b2c3d47e5f8a9b0c1d2e3f4a5b");
        assertThat(names).allMatch(name -> BackupNames.mayHold(name, Fixtures.ID));
        assertThat(names).noneMatch(name -> BackupNames.mayHold(name, BackupId.next()));
    }

    private static String anyName(Random random) {
        var name = new StringBuilder();
        int length = random.nextInt(4);
        for (int i = 0; i < length; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return random.nextInt(10) == 0 ? name + "shop".repeat(1 + random.nextInt(40)) : name.toString();
    }
}
