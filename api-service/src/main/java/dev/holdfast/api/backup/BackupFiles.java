package dev.holdfast.api.backup;

import dev.holdfast.api.upstream.Upstream;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import dev.holdfast.common.id.BackupId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

/** The log and the artifacts of a backup: the worker has them, and they pass through here. */
@RestController
@RequestMapping("/api/v1/backups/{id}")
@Tag(name = "Backups")
class BackupFiles {
    private static final String LOG_EXAMPLE = """
            2026-11-24T02:00:00.871204Z INFO  attempt 1 on worker worker-1
            2026-11-24T02:00:00.873019Z INFO  connecting to db.internal:5432 as backup
            2026-11-24T02:00:01.004482Z INFO  storage is writable: /app/backups
            2026-11-24T02:03:12.450913Z INFO  completed
            """;

    private final Backups backups;
    private final Upstream worker;

    BackupFiles(Backups backups, Upstream worker) {
        this.backups = backups;
        this.worker = worker;
    }

    @GetMapping("/log")
    @Operation(operationId = "getBackupLog", summary = "Read the whole log of a backup, while it runs too")
    @ApiResponse(
            responseCode = "200",
            description = "The log so far, of all attempts",
            content =
                    @Content(
                            mediaType = "text/plain;charset=utf-8",
                            schema = @Schema(type = "string", example = LOG_EXAMPLE)))
    void log(@PathVariable UUID id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var backup = known(id);
        if (backup.course().start() == null && backup.course().status() == BackupStatus.REQUESTED) {
            // The worker may not have heard of it yet: so far its log is empty, not missing.
            emptyLogUnlessThere(backup, request, response);
            return;
        }
        worker.get(logOf(backup), request, response, ProblemCode.BACKUP_NOT_FOUND);
    }

    private void emptyLogUnlessThere(Backup backup, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            worker.get(logOf(backup), request, response, ProblemCode.BACKUP_NOT_FOUND);
        } catch (ApiProblem problem) {
            if (problem.code() != ProblemCode.BACKUP_NOT_FOUND) {
                throw problem;
            }
            response.setContentType("text/plain;charset=utf-8");
            response.setContentLength(0);
        }
    }

    private static String logOf(Backup backup) {
        return "/internal/v1/backups/" + backup.id() + "/log";
    }

    @GetMapping("/artifacts/{*file}")
    @Operation(
            operationId = "getBackupArtifact",
            summary = "Download an artifact; its ETag is the SHA-256, ranges are possible")
    @ApiResponse(
            responseCode = "200",
            description = "The bytes",
            content =
                    @Content(
                            mediaType = "application/octet-stream",
                            schema = @Schema(type = "string", format = "binary")))
    void artifact(
            @PathVariable UUID id, @PathVariable String file, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var backup = known(id);
        var parts = file.substring(1).split("/", -1);
        if (!Arrays.stream(parts).allMatch(BackupFiles::isName)) {
            throw new ApiProblem(ProblemCode.ARTIFACT_NOT_FOUND, "no artifact has such a name");
        }
        var path = Arrays.stream(parts)
                .map(part -> UriUtils.encodePathSegment(part, StandardCharsets.UTF_8))
                .collect(Collectors.joining("/", "/internal/v1/backups/" + backup.id() + "/artifacts/", ""));
        var download = ContentDisposition.attachment()
                .filename(parts[parts.length - 1], StandardCharsets.UTF_8)
                .build();
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, download.toString());
        worker.get(path, request, response, ProblemCode.ARTIFACT_NOT_FOUND);
    }

    private Backup known(UUID id) {
        var backup = new BackupId(id);
        return backups.find(backup).orElseThrow(() -> ControlBackup.notFound(backup));
    }

    private static boolean isName(String part) {
        return !part.isEmpty()
                && !part.equals(".")
                && !part.equals("..")
                && part.chars().noneMatch(at -> at < ' ' || at == '\\');
    }
}
