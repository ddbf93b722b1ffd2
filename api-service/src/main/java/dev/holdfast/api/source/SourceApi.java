package dev.holdfast.api.source;

import dev.holdfast.api.web.IfMatch;
import dev.holdfast.api.web.Page;
import dev.holdfast.api.web.PageRequest;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import dev.holdfast.common.id.SourceId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.groups.Default;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Sources over REST. */
@RestController
@RequestMapping("/api/v1/sources")
@Tag(name = "Sources")
class SourceApi {
    private final Sources sources;
    private final EditSources edit;
    private final TestSource test;

    SourceApi(Sources sources, EditSources edit, TestSource test) {
        this.sources = sources;
        this.edit = edit;
        this.test = test;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "createSource",
            summary = "Create a source; its password is sealed at once and never returned")
    @ApiResponse(responseCode = "201", description = "Created; Location is its address")
    ResponseEntity<SourceView> create(
            @Validated({Default.class, SourceRequest.ForNewSource.class}) @RequestBody SourceRequest request) {
        var source = edit.create(request);
        return ResponseEntity.created(URI.create("/api/v1/sources/" + source.id()))
                .eTag(source.etag())
                .body(SourceView.of(source));
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listSources", summary = "List sources, oldest first")
    Page<SourceView> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        var page = PageRequest.of("sources", cursor, limit);
        return page.page(sources.list(page), source -> source.id().value(), SourceView::of);
    }

    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getSource", summary = "Show one source; its ETag is for If-Match")
    ResponseEntity<SourceView> show(@PathVariable UUID id) {
        return answer(found(new SourceId(id)));
    }

    @PutMapping(
            path = "/{id}",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "replaceSource",
            summary = "Change a source; without a password, the one there is stays",
            description = "With If-Match it is changed only if nobody else has changed it since: 412 SOURCE_CHANGED."
                    + " The stored password stays with its host, port and protection: another host or port, or a weaker sslMode, without a"
                    + " password is 422 PASSWORD_NEEDED.")
    ResponseEntity<SourceView> change(
            @PathVariable UUID id,
            @Valid @RequestBody SourceRequest request,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(edit.change(new SourceId(id), request, IfMatch.of(ifMatch)));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteSource", summary = "Delete a source; its backups stay")
    void delete(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        edit.delete(new SourceId(id), IfMatch.of(ifMatch));
    }

    @PostMapping(
            path = "/test",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "testNewSource",
            summary = "What the preflight of a backup would find, before the source is created; nothing is stored")
    @ApiResponse(responseCode = "200", description = "The worker's findings, passed or not")
    PreflightReport test(
            @Validated({Default.class, SourceRequest.ForNewSource.class}) @RequestBody SourceRequest request) {
        return test.test(request, null);
    }

    @PostMapping(path = "/{id}/test", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "testSource", summary = "What the preflight of a backup would find now")
    @ApiResponse(responseCode = "200", description = "The worker's findings, passed or not")
    PreflightReport test(@PathVariable UUID id) {
        return test.test(found(new SourceId(id)));
    }

    private static ResponseEntity<SourceView> answer(Source source) {
        return ResponseEntity.ok().eTag(source.etag()).body(SourceView.of(source));
    }

    private Source found(SourceId id) {
        return sources.find(id).orElseThrow(() -> notFound(id));
    }

    static ApiProblem notFound(SourceId id) {
        return new ApiProblem(ProblemCode.SOURCE_NOT_FOUND, "no source has the id " + id);
    }
}
