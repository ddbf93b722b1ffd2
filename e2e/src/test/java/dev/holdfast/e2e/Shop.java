package dev.holdfast.e2e;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** Somebody's database beside the stack, on the network where the worker looks for databases. */
final class Shop implements AutoCloseable {
    static final String HOST = "shop-db";
    static final String PASSWORD = "the shop's secret";

    private final String container;

    private Shop(String container) {
        this.container = container;
    }

    static Shop start(String project) {
        var shop = new Shop(project + "-shop");
        Command.docker("rm", "-f", shop.container);
        Command.docker(
                        "run",
                        "-d",
                        "--name",
                        shop.container,
                        "--network",
                        project + "_default",
                        "--network-alias",
                        HOST,
                        "-e",
                        "POSTGRES_PASSWORD=" + PASSWORD,
                        "-e",
                        "POSTGRES_DB=shop",
                        "postgres:17")
                .succeeded();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Command.docker("exec", shop.container, "pg_isready", "-h", "127.0.0.1", "-d", "shop")
                                .exitCode()
                        == 0);
        shop.sql("create table item as select n, md5(n::text) as word from generate_series(1, 20000) n");
        return shop;
    }

    String sql(String statement) {
        return Command.docker(
                        "exec",
                        container,
                        "psql",
                        "-X",
                        "-q",
                        "-A",
                        "-t",
                        "-U",
                        "postgres",
                        "-d",
                        "shop",
                        "-c",
                        statement)
                .succeeded()
                .output();
    }

    @Override
    public void close() {
        Command.docker("rm", "-f", "-v", container);
    }
}
