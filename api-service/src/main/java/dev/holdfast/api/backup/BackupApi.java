package dev.holdfast.api.backup;

import dev.holdfast.api.web.Page;
import dev.holdfast.api.web.PageRequest;
import dev.holdfast.api.web.PlainText;
import dev.holdfast.api.web.idempotency.IdempotencyKey;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.FieldProblem;
import dev.holdfast.common.id.BackupId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Backups over REST; their files are with {@link BackupFiles}. */
@RestController
@RequestMapping("/api/v1/backups")
@Tag(name = "Backups")
class BackupApi {
    private final RequestOnce request;
    private final ControlBackup control;
    private final Backups backups;

    BackupApi(RequestOnce request, ControlBackup control, Backups backups) {
        this.request = request;
        this.control = control;
        this.backups = backups;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "requestBackup",
            summary = "Request a backup; with an Idempotency-Key, sending it again is safe for 24 hours")
    @ApiResponse(
            responseCode = "202",
            description = "Accepted; Location is its address",
            content = @Content(schema = @Schema(implementation = BackupView.class)))
    ResponseEntity<byte[]> request(
            @Valid @RequestBody BackupRequest wanted,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key) {
        return request.accept(wanted, key).toResponse();
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listBackups", summary = "List backups, newest first")
    Page<BackupView> list(
            @RequestParam(required = false) @PlainText(outerSpace = true) @Nullable String source,
            @RequestParam(required = false) @Schema(implementation = BackupStatus.class) @Nullable String status,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        var filter = new BackupFilter(source, status == null ? null : status(status), null);
        var scope = "backups source=%s status=%s".formatted(source, status);
        var page = PageRequest.of(scope, cursor, limit);
        return page.page(backups.list(filter, page), backup -> backup.id().value(), BackupView::of);
    }

    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getBackup", summary = "Show one backup")
    BackupView show(@PathVariable UUID id) {
        var backup = new BackupId(id);
        return BackupView.of(backups.find(backup).orElseThrow(() -> ControlBackup.notFound(backup)));
    }

    @PostMapping(path = "/{id}/cancel", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "cancelBackup", summary = "Ask for a backup to be stopped")
    @ApiResponse(
            responseCode = "202",
            description = "The worker will stop it",
            content = @Content(schema = @Schema(implementation = BackupView.class)))
    ResponseEntity<BackupView> cancel(@PathVariable UUID id) {
        return ResponseEntity.accepted().body(BackupView.of(control.cancel(new BackupId(id))));
    }

    @PostMapping(path = "/{id}/retry", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "retryBackup", summary = "Request a failed or cancelled backup again")
    @ApiResponse(
            responseCode = "202",
            description = "Accepted as the next attempt",
            content = @Content(schema = @Schema(implementation = BackupView.class)))
    ResponseEntity<BackupView> retry(@PathVariable UUID id) {
        var backup = control.retry(new BackupId(id));
        return ResponseEntity.accepted()
                .header("Location", RequestOnce.ADDRESS + backup.id())
                .body(BackupView.of(backup));
    }

    private static BackupStatus status(String text) {
        return Arrays.stream(BackupStatus.values())
                .filter(status -> status.wireName().equals(text))
                .findFirst()
                .orElseThrow(() -> ApiProblem.invalid(FieldProblem.parameter(
                        "status",
                        "must be one of: requested, running, completed, failed, cancelled",
                        FieldProblem.INVALID)));
    }
}
