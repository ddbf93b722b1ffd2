package dev.holdfast.worker.web;

import dev.holdfast.common.event.Artifact;
import dev.holdfast.worker.verify.ProvenInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.ETag;

/** A file of a sealed backup that breaks off before its end where it is not what was sealed. */
final class ProvenResource extends FileSystemResource {
    private final Artifact recorded;

    ProvenResource(Path file, Artifact recorded) {
        super(file);
        this.recorded = recorded;
    }

    ETag etag() {
        return new ETag(recorded.sha256(), false);
    }

    /** To be saved under its own name. */
    String disposition() {
        var name = recorded.file().substring(recorded.file().lastIndexOf('/') + 1);
        return ContentDisposition.attachment().filename(name).build().toString();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new ProvenInput(super.getInputStream(), recorded);
    }
}
