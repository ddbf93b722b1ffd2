package dev.holdfast.worker.job;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many backups run at the same time of one database server, whichever workers run them.
 *
 * @param perServer the same for all workers; by {@code host:port}, so a server with two names counts as two
 */
@ConfigurationProperties("holdfast.run")
record TurnSettings(@DefaultValue("2") int perServer) {

    TurnSettings {
        if (perServer < 1) {
            throw new IllegalArgumentException("holdfast.run.per-server must be at least 1: " + perServer);
        }
    }
}
