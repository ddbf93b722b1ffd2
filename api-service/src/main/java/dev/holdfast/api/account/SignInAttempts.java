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
 * Counts tries to sign in: from one address for one account, from one address, and for one account from everywhere. The first two are
 * few, so that guessing is slow and yet nobody can shut somebody else out from one place; the last are more, as many as NIST SP 800-63B,
 * section 5.2.2, lets fail. Each try is counted before the password is looked at, so that many at once can't all be the last one that is
 * let through; the one that succeeds takes those of its account away again.
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
        var attempt = new Attempt(Uuids.next(), key(name), address, clock.instant());
        jdbc.sql("insert into sign_in_attempt (id, name, address, at) values (:id, :name, :address, :at)")
                .param("id", attempt.id())
                .param("name", attempt.name())
                .param("address", attempt.address())
                .param("at", Timestamp.from(attempt.at()))
                .update();
        refuseBeyond(properties.triesOfAccount(), "name = :name and address = :address", attempt);
        refuseBeyond(properties.triesOfAddress(), "address = :address", attempt);
        refuseBeyond(properties.triesFromEverywhere(), "name = :name", attempt);
    }

    /** @param which the tries that count together */
    private void refuseBeyond(int limit, String which, Attempt attempt) {
        var tries = jdbc.sql("""
                        select count(*) as number, coalesce(min(at), :now) as first from sign_in_attempt
                         where %s and at > :since""".formatted(which))
                .param("name", attempt.name())
                .param("address", attempt.address())
                .param("now", Timestamp.from(attempt.at()))
                .param("since", Timestamp.from(attempt.at().minus(properties.signInWindow())))
                .query((row, number) -> new Tries(
                        row.getInt("number"), row.getTimestamp("first").toInstant()))
                .single();
        if (tries.number() > limit) {
            jdbc.sql("delete from sign_in_attempt where id = :id")
                    .param("id", attempt.id())
                    .update();
            throw new TooManyAttempts(
                    Duration.between(attempt.at(), tries.first().plus(properties.signInWindow())));
        }
    }

    private record Attempt(UUID id, String name, String address, Instant at) {}

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
