package dev.holdfast.api.doctor;

import dev.holdfast.api.doctor.DoctorReport.Check;
import dev.holdfast.api.doctor.DoctorReport.Colleague;
import dev.holdfast.api.doctor.DoctorReport.Worker;
import dev.holdfast.api.document.Documents;
import dev.holdfast.api.source.Sources;
import dev.holdfast.api.upstream.Upstream;
import dev.holdfast.api.web.problem.ApiProblem;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** Looks at everything that a backup needs; a part that can't be asked is a finding, not an error. */
@Service
public class Diagnosis {
    private static final Logger LOG = LoggerFactory.getLogger(Diagnosis.class);
    private static final TypeReference<DoctorReport> REPORT = new TypeReference<>() {};
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Upstream worker;
    private final PartChecks parts;
    private final Sources sources;
    private final Documents documents;
    private final Clock clock;

    Diagnosis(Upstream worker, PartChecks parts, Sources sources, Documents documents, Clock clock) {
        this.worker = worker;
        this.parts = parts;
        this.sources = sources;
        this.documents = documents;
        this.clock = clock;
    }

    /** Everything, now. */
    public DoctorReport now() {
        var ofWorker = ofWorker();
        var checks =
                Stream.concat(ofWorker.checks().stream(), parts.run().stream()).toList();
        return DoctorReport.of(clock.instant(), checks, ofWorker.facts(), ofWorker.all());
    }

    private record OfWorker(List<Check> checks, @Nullable Worker facts, List<Colleague> all) {}

    private OfWorker ofWorker() {
        try {
            var reply = worker.exchange("POST", "/internal/v1/doctor", documents.text(known()), LIMIT);
            if (!reply.isSuccess()) {
                return silent("the backup-worker answered with " + reply.status());
            }
            var report = Objects.requireNonNull(documents.read(reply.body(), REPORT));
            // A worker of an earlier version knows no others.
            var all = Objects.requireNonNullElse(report.workers(), List.<Colleague>of());
            return new OfWorker(report.checks(), report.worker(), all);
        } catch (ApiProblem silence) {
            return silent(silence.detail());
        } catch (JacksonException e) {
            LOG.warn("the worker's diagnosis can't be read", e);
            return silent("the backup-worker's diagnosis can't be read");
        }
    }

    /** Without the sources where the database does not answer: the worker then tells of deleted ones, too. */
    private Known known() {
        try {
            return new Known(sources.ids());
        } catch (DataAccessException e) {
            LOG.warn("the doctor can't read which sources there are", e);
            return new Known(null);
        }
    }

    private record Known(@Nullable Set<UUID> sources) {}

    private static OfWorker silent(String evidence) {
        return new OfWorker(SilentWorker.checks(evidence), null, List.of());
    }
}
