package dev.holdfast.api.source;

import dev.holdfast.api.document.Documents;
import dev.holdfast.api.upstream.Upstream;
import dev.holdfast.api.web.Page;
import dev.holdfast.api.web.PageRequest;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import dev.holdfast.common.id.SourceId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.groups.Default;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Sources over REST. */
@RestController
@RequestMapping("/api/v1/sources")
@Tag(name = "Sources")
class SourceApi {
    private static final Duration TEST_LIMIT = Duration.ofSeconds(90);

    private final Sources sources;
    private final EditSources edit;
    private final Upstream worker;
    private final Documents documents;

    SourceApi(Sources sources, EditSources edit, Upstream worker, Documents documents) {
        this.sources = sources;
        this.edit = edit;
        this.worker = worker;
        this.documents = documents;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "createSource", summary = "Create a source; its password is sealed at once and never returned")
    @ApiResponse(responseCode = "201", description = "Created; Location is its address")
    ResponseEntity<SourceView> create(
            @Validated({Default.class, SourceRequest.ForNewSource.class}) @RequestBody SourceRequest request) {
        var source = edit.create(request);
        return ResponseEntity.created(URI.create("/api/v1/sources/" + source.id()))
                .body(SourceView.of(source));
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listSources", summary = "List sources, oldest first")
    Page<SourceView> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Schema(minimum = "1", maximum = "200", defaultValue = "50") @Nullable Integer limit) {
        var page = PageRequest.of("sources", cursor, limit);
        return page.page(sources.list(page), source -> source.id().value(), SourceView::of);
    }

    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getSource", summary = "Show one source")
    SourceView show(@PathVariable UUID id) {
        return SourceView.of(found(new SourceId(id)));
    }

    @PutMapping(
            path = "/{id}",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "replaceSource", summary = "Change a source; without a password, the one there is stays")
    SourceView change(@PathVariable UUID id, @Valid @RequestBody SourceRequest request) {
        return SourceView.of(edit.change(new SourceId(id), request));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteSource", summary = "Delete a source; its backups stay")
    void delete(@PathVariable UUID id) {
        edit.delete(new SourceId(id));
    }

    @PostMapping("/{id}/test")
    @Operation(operationId = "testSource", summary = "What the preflight of a backup would find now")
    @ApiResponse(
            responseCode = "200",
            description = "The worker's findings, passed or not",
            content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE))
    void test(@PathVariable UUID id, HttpServletResponse response) throws IOException {
        var request = PreflightRequest.of(found(new SourceId(id)));
        worker.post("/internal/v1/preflight", documents.text(request), TEST_LIMIT, response);
    }

    private Source found(SourceId id) {
        return sources.find(id).orElseThrow(() -> notFound(id));
    }

    static ApiProblem notFound(SourceId id) {
        return new ApiProblem(ProblemCode.SOURCE_NOT_FOUND, "no source has the id " + id);
    }
}
