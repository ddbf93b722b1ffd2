package dev.holdfast.api.doctor;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The diagnosis over REST; a worker that can't give one is a finding too, not an error of this request. */
@RestController
@Tag(name = "Doctor")
class DoctorApi {
    private final Diagnosis diagnosis;

    DoctorApi(Diagnosis diagnosis) {
        this.diagnosis = diagnosis;
    }

    @GetMapping(path = "/api/v1/doctor", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "diagnose", summary = "Check whether backups can be written, and say what to type if not")
    @ApiResponse(responseCode = "200", description = "What was found, whatever it is")
    DoctorReport diagnose() {
        return diagnosis.now();
    }
}
