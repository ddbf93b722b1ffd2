package dev.holdfast.worker.doctor;

import java.time.Clock;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers what support would ask first. A broken volume is an answer, not an error. */
@RestController
class DoctorEndpoint {
    private final VolumeChecks volume;
    private final LogChecks log;
    private final WorkerLook worker;
    private final Clock clock;

    DoctorEndpoint(VolumeChecks volume, LogChecks log, WorkerLook worker, Clock clock) {
        this.volume = volume;
        this.log = log;
        this.worker = worker;
        this.clock = clock;
    }

    /** Looks at everything now. */
    @GetMapping("/internal/v1/doctor")
    DoctorReport doctor() {
        return DoctorReport.of(
                clock.instant(),
                Stream.concat(volume.run().stream(), log.run().stream()).toList(),
                worker.facts());
    }
}
