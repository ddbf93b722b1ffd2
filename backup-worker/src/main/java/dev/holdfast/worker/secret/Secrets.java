package dev.holdfast.worker.secret;

import dev.holdfast.common.event.SealedSecret;

/** Opens what was sealed to this worker. */
public interface Secrets {

    /**
     * Decrypts a secret.
     *
     * @throws dev.holdfast.common.failure.BackupException SECRET_UNREADABLE when it was sealed for another key, or is damaged
     */
    String open(SealedSecret secret);
}
