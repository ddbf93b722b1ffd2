package dev.holdfast.api.parked;

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
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Messages that a service could not handle and that were set aside. */
@RestController
@Tag(name = "Parked messages")
class ParkedMessageApi {
    private static final String PATH = "/api/v1/parked-messages";
    private static final String ONE = PATH + "/{id}";

    private final Upstream notification;

    ParkedMessageApi(Upstream notification) {
        this.notification = notification;
    }

    @GetMapping(PATH)
    @Operation(
            operationId = "listParkedMessages",
            summary = "List messages that were set aside, newest first",
            description = "One that came back keeps its place.")
    @ApiResponse(
            responseCode = "200",
            description = "A page of parked messages",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = ParkedMessageList.class)))
    void list(
            @RequestParam(required = false) @Nullable String queue,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        notification.get(PassedQuery.on(PATH, request), request, response, ProblemCode.NOT_FOUND);
    }

    @GetMapping(ONE)
    @Operation(operationId = "getParkedMessage", summary = "Show one message that was set aside")
    @ApiResponse(
            responseCode = "200",
            description = "The message, without its headers and its whole body",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = ParkedMessageList.ParkedMessage.class)))
    void get(@PathVariable UUID id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        notification.get(PATH + "/" + id, request, response, ProblemCode.NOT_FOUND);
    }

    @PostMapping(ONE + "/replay")
    @Operation(operationId = "replayParkedMessage", summary = "Give a message back to the queue that it came from")
    @ApiResponse(responseCode = "202", description = "It is in its queue again", content = @Content)
    void replay(@PathVariable UUID id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        notification.change(PATH + "/" + id + "/replay", request, response, ProblemCode.NOT_FOUND);
    }

    @DeleteMapping(ONE)
    @Operation(operationId = "discardParkedMessage", summary = "Delete a message for good")
    @ApiResponse(responseCode = "204", description = "It is deleted", content = @Content)
    void discard(@PathVariable UUID id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        notification.change(PATH + "/" + id, request, response, ProblemCode.NOT_FOUND);
    }
}
