package dev.holdfast.worker.web;

import dev.holdfast.common.event.Artifact;
import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.worker.job.Jobs;
import dev.holdfast.worker.job.LogLines;
import dev.holdfast.worker.job.PublishedBackup;
import dev.holdfast.worker.step.StopSignal;
import dev.holdfast.worker.storage.BackupStore;
import dev.holdfast.worker.storage.StorageErrors;
import dev.holdfast.worker.verify.ChangedArtifact;
import dev.holdfast.worker.verify.Sha256;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** What there is to read of one backup: its log while it runs and after, its files once it is complete. */
@RestController
@RequestMapping("/internal/v1/backups/{id}")
class BackupFiles {
    private static final String MANIFEST = "manifest.json";
    private static final MediaType PLAIN_TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

    private final Jobs jobs;
    private final LogLines lines;
    private final BackupStore store;

    BackupFiles(Jobs jobs, LogLines lines, BackupStore store) {
        this.jobs = jobs;
        this.lines = lines;
        this.store = store;
    }

    /** Written row by row: a log may be longer than the heap. */
    @GetMapping("/log")
    ResponseEntity<StreamingResponseBody> log(@PathVariable UUID id) {
        var backup = new BackupId(id);
        if (jobs.standing(backup).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "no backup of this id");
        }
        return ResponseEntity.ok().contentType(PLAIN_TEXT).body(output -> {
            var writer = new BufferedWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8));
            lines.write(backup, writer);
            writer.flush();
        });
    }

    @GetMapping("/artifacts/{*file}")
    void artifact(
            @PathVariable UUID id, @PathVariable String file, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var artifact = jobs.published(new BackupId(id))
                .flatMap(backup -> artifact(backup, file.substring(1)))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no such file of this backup"));
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, artifact.disposition());
        new Download(request, response).answer(artifact, artifact.etag());
    }

    /** Reads every file of a sealed backup to its end and holds it against what was recorded; takes as long as that takes. */
    @PostMapping("/check")
    List<CheckedArtifact> check(@PathVariable UUID id) {
        var backup = jobs.published(new BackupId(id))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no files of this backup"));
        return backup.artifacts().stream()
                .map(artifact -> check(backup, artifact))
                .toList();
    }

    private CheckedArtifact check(PublishedBackup backup, Artifact artifact) {
        if (store.artifact(backup.directory(), artifact.file()).isEmpty()) {
            return CheckedArtifact.missing(artifact);
        }
        try {
            return CheckedArtifact.read(artifact, Sha256.of(backup.directory(), artifact.file(), new StopSignal()));
        } catch (BackupException e) {
            return CheckedArtifact.unreadable(artifact, e.failure().summary());
        }
    }

    private Optional<ProvenResource> artifact(PublishedBackup backup, String name) {
        return store.artifact(backup.directory(), name)
                .flatMap(path -> recorded(backup, name).map(recorded -> artifact(path, recorded)));
    }

    /** The manifest is written last, so it is in no list; without it, a download would be no backup (docs/artifacts.md). */
    private static Optional<Artifact> recorded(PublishedBackup backup, String name) {
        return name.equals(MANIFEST)
                ? Optional.of(Sha256.of(backup.directory(), MANIFEST, new StopSignal()))
                : backup.artifacts().stream()
                        .filter(artifact -> artifact.file().equals(name))
                        .findFirst();
    }

    /** A file of another size is refused at once, whatever part of it is asked for; other changes show on the way. */
    private static ProvenResource artifact(Path file, Artifact recorded) {
        requireSameSize(file, recorded);
        return new ProvenResource(file, recorded);
    }

    private static void requireSameSize(Path file, Artifact artifact) {
        try {
            long size = Files.size(file);
            if (size != artifact.sizeBytes()) {
                throw new ChangedArtifact(artifact, size + " bytes");
            }
        } catch (IOException e) {
            throw StorageErrors.classify(e, file);
        }
    }
}
