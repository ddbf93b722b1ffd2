package dev.holdfast.api.live;

import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.FieldProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Live updates over Server-Sent Events. */
@RestController
@Tag(name = "Events")
class LiveApi {
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final Pattern ID = Pattern.compile("\\d{1,18}");

    private static final String EXAMPLE = """
            id: 1042
            event: dev.holdfast.backup.progressed.v1
            data: {"specversion":"1.0","id":"01a20b48-1f62-7c0e-9b54-6f2d8a1c7e03","source":"/holdfast/backup-worker",\
            "type":"dev.holdfast.backup.progressed.v1","subject":"01a20b48-0a9c-7a6a-8317-d23f128b2f33",\
            "time":"2026-11-24T02:00:05.730Z","sequence":"1795485605730000","datacontenttype":"application/json",\
            "data":{"backupId":"01a20b48-0a9c-7a6a-8317-d23f128b2f33","sourceId":"01a1a0b0-3e76-752e-bca9-6513269e0d37",\
            "sourceName":"webshop","attempt":1,"phase":"dump","bytesWritten":1048576,"tablesDone":3,"tablesTotal":20}}

            """;

    private final Followers followers;

    LiveApi(Followers followers) {
        this.followers = followers;
    }

    @GetMapping("/api/v1/events")
    @Operation(
            operationId = "followEvents",
            summary = "Follow every event as it happens",
            description =
                    "Server-Sent Events: id is the place in the feed, event the type, data a CloudEvent in JSON. What came"
                            + " after a Last-Event-ID is sent first, as far back as a day. For an EventSource, or curl -N.")
    @ApiResponse(
            responseCode = "200",
            description =
                    "A stream. It ends after a while (ten minutes unless set otherwise); whoever comes back with the"
                            + " Last-Event-ID misses nothing",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(type = "string", example = EXAMPLE)))
    ResponseEntity<SseEmitter> follow(
            @RequestHeader(name = LAST_EVENT_ID, required = false) @Nullable String header,
            @RequestParam(required = false) @Nullable String lastEventId,
            @RequestParam(required = false) @Nullable UUID backup)
            throws IOException {
        // A browser that comes back sends the header, and the address of its first visit: the header is newer.
        var place = header == null ? fromParameter(lastEventId) : fromHeader(header);
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .cacheControl(CacheControl.noStore())
                .header("X-Accel-Buffering", "no")
                .body(followers.add(place, backup));
    }

    private static @Nullable Long fromParameter(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!ID.matcher(text).matches()) {
            throw ApiProblem.invalid(
                    FieldProblem.parameter("lastEventId", "is not an id of this feed", FieldProblem.INVALID));
        }
        return Long.valueOf(text);
    }

    private static Long fromHeader(String text) {
        if (!ID.matcher(text).matches()) {
            throw ApiProblem.invalid(FieldProblem.header(LAST_EVENT_ID, "is not an id of this feed"));
        }
        return Long.valueOf(text);
    }
}
