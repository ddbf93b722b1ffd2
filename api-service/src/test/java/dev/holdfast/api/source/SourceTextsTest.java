package dev.holdfast.api.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.event.SealedSecret;
import dev.holdfast.common.event.SourceConnection;
import dev.holdfast.common.event.SslMode;
import dev.holdfast.common.id.SourceId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTextsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "db",
                "db.example.com",
                "db.example.com.",
                "DB-1.Example.COM",
                "my_service",
                "bücher.example",
                "数据库.例子",
                "xn--bcher-kva.example",
                "1a",
                "127.0.0.1",
                "10.0.0.255",
                "::1",
                "[::1]",
                "2001:db8::7",
                "[2001:db8::7]",
                "::ffff:10.0.0.1",
                "fe80::1%eth0"
            })
    void hosts_that_are_possible(String host) {
        assertThat(HostNames.isPossible(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                " db",
                "db ",
                "db\n",
                "db\u0000",
                "db\u0085",
                "db\u00a0",
                "db\u2028",
                "/var/run/postgresql",
                "@abstract",
                "a,b",
                "127.0.0.1 hostaddr=10.0.0.1",
                "hostaddr=10.0.0.1",
                "db:5432",
                "127.0.0.1:5432",
                "[::1]:5432",
                "[db]",
                "[127.0.0.1]",
                "[",
                "[]",
                "http://db",
                "user@db",
                "db/shop",
                "db?sslmode=disable",
                "db#x",
                "-db",
                "db-",
                "a..b",
                ".db",
                "256.0.0.1",
                "1.2.3",
                "2130706433",
                "1.2.3.4.5",
                ":::1",
                "1::2::3",
                "fe80::1%",
                "fe80::1%a b",
                "db%00",
                "$(id)",
                "db;id",
                "'db'",
                "db\\x",
                "\ud800",
                "db\u202e"
            })
    void hosts_that_are_not(String host) {
        assertThat(HostNames.isPossible(host)).isFalse();
    }

    @Test
    void a_host_is_at_most_as_long_as_dns_has_it() {
        var longest = String.join(".", "a".repeat(63), "b".repeat(63), "c".repeat(63), "d".repeat(61));

        assertThat(HostNames.isPossible(longest)).isTrue();
        assertThat(HostNames.isPossible(longest + "e")).isFalse();
        assertThat(HostNames.isPossible("a".repeat(64))).isFalse();
        assertThat(HostNames.isPossible("a".repeat(10_000))).isFalse();
    }

    @Test
    void the_worker_gets_the_name_that_resolvers_know() {
        assertThat(source("bücher.example").resolvableConnection().host()).isEqualTo("xn--bcher-kva.example");
        assertThat(source("db.example.com.").resolvableConnection().host()).isEqualTo("db.example.com.");
        assertThat(source("fe80::1%eth0").resolvableConnection().host()).isEqualTo("fe80::1%eth0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop",
                "-Fc",
                "a'b\"c d",
                "x;touch /tmp/pwn",
                "dbname=src host=/x",
                "%s%n$(id)",
                "../../etc/passwd",
                "🐘🐘🐘",
                " ",
                "äöüß",
                "postgresql://u@h/d",
                "a\u202eb"
            })
    void names_that_are_merely_unusual(String name) {
        assertThat(PostgresTexts.isName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\u0000", "\u007f", "a\u0085b", "\u009b31m", "\ud800", "a\udc00b"})
    void names_that_are_impossible(String name) {
        assertThat(PostgresTexts.isName(name)).isFalse();
    }

    @Test
    void a_name_has_63_bytes_at_most() {
        assertThat(PostgresTexts.isName("a".repeat(63))).isTrue();
        assertThat(PostgresTexts.isName("a".repeat(64))).isFalse();
        assertThat(PostgresTexts.isName("ä".repeat(31) + "a")).isTrue();
        assertThat(PostgresTexts.isName("ä".repeat(32))).isFalse();
        assertThat(PostgresTexts.isName("🐘".repeat(15))).isTrue();
        assertThat(PostgresTexts.isName("🐘".repeat(16))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/srv/media", "/a", "/a b/ü/..c", "/srv/.hidden"})
    void paths_that_are_possible(String path) {
        assertThat(MediaPaths.isPossible(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "srv/media",
                "./a",
                "/a/",
                "//a",
                "/a//b",
                "/a/./b",
                "/a/../b",
                "/..",
                "/a\u0000",
                "/a\nb",
                "C:\\a",
                "~/media",
                "/\ud800"
            })
    void paths_that_are_not(String path) {
        assertThat(MediaPaths.isPossible(path)).isFalse();
    }

    private static Source source(String host) {
        var now = Instant.parse("2026-01-02T12:00:00Z");
        var connection = new SourceConnection(host, 5432, "shop", "shop", SslMode.PREFER);
        return new Source(
                SourceId.next(), "shop", connection, List.of(), new SealedSecret(""), true, false, 1, now, now);
    }
}
