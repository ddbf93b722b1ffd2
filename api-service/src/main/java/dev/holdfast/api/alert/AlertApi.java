package dev.holdfast.api.alert;

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

/** The alerts, one an incident, with what has become of their delivery. */
@RestController
@Tag(name = "Alerts")
class AlertApi {
    private final Upstream notification;

    AlertApi(Upstream notification) {
        this.notification = notification;
    }

    @GetMapping("/api/v1/alerts")
    @Operation(operationId = "listAlerts", summary = "List alerts, newest first")
    @ApiResponse(
            responseCode = "200",
            description = "A page of alerts",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = AlertList.class)))
    void list(
            @RequestParam(required = false) @Schema(allowableValues = {"open", "resolved"}) @Nullable String state,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        notification.get(PassedQuery.on("/api/v1/alerts", request), request, response, ProblemCode.NOT_FOUND);
    }
}
