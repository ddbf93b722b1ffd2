package dev.holdfast.worker.web;

import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Answers what a backup of a source would meet now. */
@RestController
class PreflightEndpoint {
    private final SourceInspection inspection;

    PreflightEndpoint(SourceInspection inspection) {
        this.inspection = inspection;
    }

    /** Looks; a source that can't be backed up is an answer, not an error. */
    @PostMapping("/internal/v1/preflight")
    PreflightReport preflight(@Valid @RequestBody PreflightRequest request) {
        return inspection.inspect(request);
    }
}
