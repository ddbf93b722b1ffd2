package dev.holdfast.api.audit;

import dev.holdfast.api.web.Page;
import dev.holdfast.api.web.PageRequest;
import dev.holdfast.api.web.PlainText;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit log over REST. */
@RestController
@Tag(name = "Audit")
class AuditApi {
    private final AuditLog log;

    AuditApi(AuditLog log) {
        this.log = log;
    }

    @GetMapping(path = "/api/v1/audit", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listAudit", summary = "Who did what, newest first")
    Page<AuditEntry> list(
            @RequestParam(required = false) @PlainText(outerSpace = true) @Nullable String actor,
            @RequestParam(required = false) @PlainText(outerSpace = true) @Nullable String action,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        var page = PageRequest.of("audit actor=%s action=%s".formatted(actor, action), cursor, limit);
        return page.page(log.list(actor, action, page), AuditEntry::id, entry -> entry);
    }
}
