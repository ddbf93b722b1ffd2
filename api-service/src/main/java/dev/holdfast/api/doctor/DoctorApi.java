package dev.holdfast.api.doctor;

import dev.holdfast.api.document.Documents;
import dev.holdfast.api.upstream.Upstream;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The worker's diagnosis of its storage; a worker that can't give one is a finding too, not an error of this request. */
@RestController
@Tag(name = "Doctor")
class DoctorApi {
    private final Upstream worker;
    private final Documents documents;
    private final Clock clock;

    DoctorApi(Upstream worker, Documents documents, Clock clock) {
        this.worker = worker;
        this.documents = documents;
        this.clock = clock;
    }

    @GetMapping("/api/v1/doctor")
    @Operation(operationId = "diagnose", summary = "Check whether backups can be written, and say what to type if not")
    @ApiResponse(
            responseCode = "200",
            description = "What was found, whatever it is",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = DoctorReport.class)))
    void diagnose(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            worker.get("/internal/v1/doctor", request, response, ProblemCode.UPSTREAM_FAILED);
        } catch (ApiProblem silence) {
            var report = documents.text(SilentWorker.report(silence.detail(), clock.instant()));
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.getOutputStream().write(report.getBytes(StandardCharsets.UTF_8));
        }
    }
}
