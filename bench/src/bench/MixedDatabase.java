package bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A database of what databases hold: rows, JSON, prose, and bytes that do not compress; seven parts of its size are equal each time. */
final class MixedDatabase {
    private static final String WORDS = "the of and a to in is you that it he was for on are as with his they at be this have from or one had"
            + " by word but not what all were we when your can said there use an each which she do how their if will up other about out"
            + " many then them these so some her would make like him into time has look two more write go see number no way could people"
            + " my than first water been call who oil its now find long down day did get come made may part over new sound take only"
            + " little work know place year live me back give most very after thing our just name good sentence man think say great where"
            + " help through much before line right too mean old any same tell boy follow came want show also around form three small set"
            + " put end does another well large must big even such because turn here why ask went men read need land different home us"
            + " move try kind hand picture again change off play spell air away animal house point page letter mother answer found study";

    private MixedDatabase() {}

    /** @param gigabytes of pg_database_size, about */
    static void fill(Connection connection, double gigabytes) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select setseed(0.42)");
            statement.execute("set synchronous_commit = off");
            for (var step : steps(gigabytes).entrySet()) {
                System.out.print("  " + step.getKey() + "\r");
                statement.execute(step.getValue());
            }
            statement.execute("vacuum analyze");
        }
    }

    private static Map<String, String> steps(double gigabytes) {
        Map<String, String> steps = new LinkedHashMap<>();
        steps.put("customers", "create table customers (id bigint primary key, name text not null, email text, created timestamptz, balance numeric(12, 2))");
        steps.put("customers' rows", """
            insert into customers select i, initcap(md5(i::text)), 'user' || i || '@example.org',
                timestamptz '2024-01-01' + i * interval '13 seconds', (random() * 10000)::numeric(12, 2)
            from generate_series(1, %d) i""".formatted((long) (780_000 * gigabytes)));
        steps.put("orders", "create table orders (id bigint primary key, customer bigint, at timestamptz, state text, total numeric(12, 2), note text)");
        steps.put("orders' rows", """
            insert into orders select i, (random() * 1000000)::bigint, timestamptz '2024-01-01' + i * interval '3 seconds',
                (array['new', 'paid', 'shipped', 'returned'])[1 + i %% 4], (random() * 500)::numeric(12, 2), 'order note ' || (i %% 977)
            from generate_series(1, %d) i""".formatted((long) (2_270_000 * gigabytes)));
        steps.put("events of JSON", "create table events (id bigint primary key, doc jsonb)");
        steps.put("events' rows", """
            insert into events select i, jsonb_build_object('id', i, 'type', (array['click', 'view', 'purchase', 'login'])[1 + i %% 4],
                'user', jsonb_build_object('id', i %% 5000, 'name', 'user ' || (i %% 5000)), 'score', random(),
                'tags', jsonb_build_array('tag' || (i %% 17), 'tag' || (i %% 23)), 'session', md5((i / 10)::text),
                'agent', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36', 'at', now())
            from generate_series(1, %d) i""".formatted((long) (780_000 * gigabytes)));
        steps.put("articles of prose", "create table articles (id bigint primary key, title text, body text)");
        steps.put("articles' rows", """
            insert into articles select i, 'Article ' || i, (
                select string_agg((string_to_array('%s', ' '))[1 + (random() * 190)::int], ' ') from generate_series(1, 300) g where i = i)
            from generate_series(1, %d) i""".formatted(WORDS, (long) (104_000 * gigabytes)));
        steps.put("files of random bytes", "create table files (id bigint primary key, name text, data bytea)");
        steps.put("files' rows", """
            insert into files select i, 'file' || i || '.bin', (
                select string_agg(sha512((random()::text || i || g)::bytea), '') from generate_series(1, 63) g where i = i)
            from generate_series(1, %d) i""".formatted((long) (32_500 * gigabytes)));
        steps.put("an index", "create index on orders (customer)");
        return steps;
    }
}
