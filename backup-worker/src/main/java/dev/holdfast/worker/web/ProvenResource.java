package dev.holdfast.worker.web;

import dev.holdfast.common.event.Artifact;
import dev.holdfast.worker.verify.ProvenInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.springframework.core.io.FileSystemResource;

/** A file of a sealed backup that breaks off before its end where it is not what was sealed. */
final class ProvenResource extends FileSystemResource {
    private final Artifact recorded;

    ProvenResource(Path file, Artifact recorded) {
        super(file);
        this.recorded = recorded;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new ProvenInput(super.getInputStream(), recorded);
    }
}
