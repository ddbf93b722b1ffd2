package dev.holdfast.api.log;

import dev.holdfast.api.upstream.PassedQuery;
import dev.holdfast.api.upstream.Upstream;
import dev.holdfast.api.web.problem.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The searchable log of every event; what its parameters mean is the notification-service's affair. */
@RestController
@Tag(name = "Log")
class LogApi {
    private final Upstream notification;

    LogApi(Upstream notification) {
        this.notification = notification;
    }

    @GetMapping("/api/v1/log")
    @Operation(operationId = "searchLog", summary = "Search the log of every event")
    @ApiResponse(
            responseCode = "200",
            description = "A page of log entries",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = LogPage.class)))
    void search(
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable String backup,
            @RequestParam(required = false) @Nullable String level,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String text,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var path = PassedQuery.on("/api/v1/log", request);
        notification.get(path, request, response, ProblemCode.NOT_FOUND);
    }
}
