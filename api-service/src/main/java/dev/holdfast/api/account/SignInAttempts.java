package dev.holdfast.api.account;

import dev.holdfast.api.access.AccessProperties;
import dev.holdfast.common.id.Uuids;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Counts tries to sign in, by account and by address. Each is counted before the password is looked at, so that many at once can't
 * all be the last one that is let through; the one that succeeds takes those of its account away again.
 */
@Component
class SignInAttempts {
    private static final int LONGEST = 200;

    private final JdbcClient jdbc;
    private final AccessProperties properties;
    private final Clock clock;

    SignInAttempts(JdbcClient jdbc, AccessProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    /** @throws TooManyAttempts when the account or the address has had its share; what is refused does not count */
    void begin(String name, String address) {
        var now = clock.instant();
        var id = Uuids.next();
        jdbc.sql("insert into sign_in_attempt (id, name, address, at) values (:id, :name, :address, :now)")
                .param("id", id)
                .param("name", key(name))
                .param("address", address)
                .param("now", Timestamp.from(now))
                .update();
        refuseBeyond(properties.triesOfAccount(), "name", key(name), now, id);
        refuseBeyond(properties.triesOfAddress(), "address", address, now, id);
    }

    private void refuseBeyond(int limit, String column, String value, Instant now, UUID id) {
        var tries = jdbc.sql("""
                        select count(*) as number, coalesce(min(at), :now) as first from sign_in_attempt
                         where %s = :value and at > :since""".formatted(column))
                .param("value", value)
                .param("now", Timestamp.from(now))
                .param("since", Timestamp.from(now.minus(properties.signInWindow())))
                .query((row, number) -> new Tries(
                        row.getInt("number"), row.getTimestamp("first").toInstant()))
                .single();
        if (tries.number() > limit) {
            jdbc.sql("delete from sign_in_attempt where id = :id")
                    .param("id", id)
                    .update();
            throw new TooManyAttempts(Duration.between(now, tries.first().plus(properties.signInWindow())));
        }
    }

    private record Tries(int number, Instant first) {}

    void succeeded(String name) {
        jdbc.sql("delete from sign_in_attempt where name = :name")
                .param("name", key(name))
                .update();
    }

    private static String key(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.substring(0, Math.min(LONGEST, lower.length()));
    }

    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT1M")
    void forget() {
        jdbc.sql("delete from sign_in_attempt where at < :forgotten")
                .param("forgotten", Timestamp.from(clock.instant().minus(properties.signInWindow())))
                .update();
    }
}
