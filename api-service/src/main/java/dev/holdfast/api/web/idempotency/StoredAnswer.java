package dev.holdfast.api.web.idempotency;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * An answer that can be given again, byte by byte.
 *
 * @param body JSON
 */
public record StoredAnswer(int status, String location, String body) {

    /** What the client gets, the first time and every time. */
    public ResponseEntity<byte[]> toResponse() {
        return ResponseEntity.status(status)
                .location(URI.create(location))
                .contentType(MediaType.APPLICATION_JSON)
                .body(body.getBytes(StandardCharsets.UTF_8));
    }
}
