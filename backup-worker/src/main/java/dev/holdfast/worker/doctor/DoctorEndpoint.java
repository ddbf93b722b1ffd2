package dev.holdfast.worker.doctor;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Answers what support would ask first. A broken volume is an answer, not an error. */
@RestController
class DoctorEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(DoctorEndpoint.class);

    private final VolumeChecks volume;
    private final LogChecks log;
    private final WorkerLook worker;
    private final Roster roster;
    private final Clock clock;

    DoctorEndpoint(VolumeChecks volume, LogChecks log, WorkerLook worker, Roster roster, Clock clock) {
        this.volume = volume;
        this.log = log;
        this.worker = worker;
        this.roster = roster;
        this.clock = clock;
    }

    /**
     * Looks at everything now. The worker knows of each source that it ever backed up, and not which of them were deleted since.
     *
     * @param known what the one who asks knows of it
     */
    @PostMapping("/internal/v1/doctor")
    DoctorReport doctor(@RequestBody Known known) {
        return DoctorReport.of(
                clock.instant(),
                Stream.concat(volume.run().stream(), log.run(known.sources()).stream())
                        .toList(),
                worker.facts(),
                colleagues());
    }

    private List<Colleague> colleagues() {
        try {
            return roster.all();
        } catch (DataAccessException e) {
            LOG.warn("the doctor can't read which workers there are", e);
            return List.of();
        }
    }

    /** The same for one who knows nothing, such as an api-service that is older than this worker. */
    @GetMapping("/internal/v1/doctor")
    DoctorReport doctor() {
        return doctor(new Known(null));
    }

    /** @param sources that there are; absent where nobody knows */
    record Known(@Nullable Set<UUID> sources) {}
}
