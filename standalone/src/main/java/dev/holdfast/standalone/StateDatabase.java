package dev.holdfast.standalone;

import dev.holdfast.embedded.EmbeddedPostgres;

/** Where the services keep their state: one database on an own server, one schema a service. */
final class StateDatabase implements AutoCloseable {
    private static final String NAME = "holdfast";

    private final EmbeddedPostgres server;

    private StateDatabase(EmbeddedPostgres server) {
        this.server = server;
    }

    static StateDatabase start(DataDirectory data, String password) {
        var server = EmbeddedPostgres.durable(data.postgres(), password);
        try {
            server.createDatabase(NAME);
            return new StateDatabase(server);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** The role of a service that is not to be the superuser; what it works with is made by that one. */
    String serviceRole(String schema) {
        return server.createServiceRole(NAME, schema);
    }

    String url(String schema) {
        return server.jdbcUrl(NAME) + "?currentSchema=" + schema + "&ApplicationName=holdfast-" + schema;
    }

    String username() {
        return server.username();
    }

    String password() {
        return server.password();
    }

    @Override
    public void close() {
        server.close();
    }
}
