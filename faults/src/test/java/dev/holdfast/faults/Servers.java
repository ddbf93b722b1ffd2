package dev.holdfast.faults;

import java.util.concurrent.CompletableFuture;

/** The real broker and databases of a run; started once, since that takes longer than most rows. */
record Servers(Broker broker, Database database, Sources sources) implements AutoCloseable {

    static Servers start() {
        var broker = new Broker();
        var database = new Database();
        var starting = CompletableFuture.runAsync(broker::start);
        database.start();
        var sources = new Sources();
        starting.join();
        return new Servers(broker, database, sources);
    }

    @Override
    public void close() {
        sources.close();
        database.close();
        broker.close();
    }
}
