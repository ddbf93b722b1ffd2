package dev.holdfast.standalone.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Requests a backup once, however often the request has to be sent. */
final class BackupOrder {
    private static final int TRIES = 3;

    private BackupOrder() {}

    static JsonNode send(Api api, Map<String, Object> order) throws IOException {
        var key = UUID.randomUUID().toString();
        for (int i = 1; ; i++) {
            try {
                return api.body(api.post("/api/v1/backups", order, key));
            } catch (ConnectException e) {
                throw e; // nobody there: nothing was sent
            } catch (IOException e) {
                if (i == TRIES) {
                    throw e;
                }
            }
        }
    }
}
