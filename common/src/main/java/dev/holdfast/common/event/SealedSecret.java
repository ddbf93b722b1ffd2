package dev.holdfast.common.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A secret encrypted to the worker's key: a binary age file (age-encryption.org/v1) in base64.
 *
 * @param ciphertext never the secret itself
 */
public record SealedSecret(@JsonValue String ciphertext) {

    @JsonCreator
    public SealedSecret {}

    /** Says that there is something, not what: ciphertext in logs would be noise. */
    @Override
    public String toString() {
        return "SealedSecret[…]";
    }
}
