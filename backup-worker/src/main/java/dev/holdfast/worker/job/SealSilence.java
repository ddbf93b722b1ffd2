package dev.holdfast.worker.job;

import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The time that a seal has, or its deletion, in which its transaction says nothing to the database. Every other transaction of a service is ended
 * after a shorter silence ({@code idle_in_transaction_session_timeout} in holdfast-messaging.yaml); a seal renames and brings
 * directories to the disk, a deletion takes file by file, and a disk may be slow.
 */
@Component
class SealSilence {
    private final JdbcClient jdbc;

    SealSilence(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Seals, or deletes, inside the caller's transaction. */
    <T> T during(Supplier<T> seal) {
        allow("'45s'");
        T sealed = seal.get();
        allow("default");
        return sealed;
    }

    private void allow(String time) {
        jdbc.sql("set local idle_in_transaction_session_timeout to " + time).update();
    }
}
