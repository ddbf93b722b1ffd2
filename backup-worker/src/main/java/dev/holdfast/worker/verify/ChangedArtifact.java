package dev.holdfast.worker.verify;

import dev.holdfast.common.event.Artifact;
import java.io.Serial;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * A file of a complete backup is not what was sealed: somebody or something changed it on the volume. Unchecked, since an
 * IOException would be taken for a reader that has left, and the answer be ended as if it were whole.
 */
@ResponseStatus(HttpStatus.CONFLICT)
public final class ChangedArtifact extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /** @param found what there is instead */
    public ChangedArtifact(Artifact recorded, String found) {
        super("%s has %s, but %d bytes with the SHA-256 %s were sealed"
                .formatted(recorded.file(), found, recorded.sizeBytes(), recorded.sha256()));
    }
}
