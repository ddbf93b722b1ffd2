package dev.holdfast.notification.alert;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.failure.Remedy;
import dev.holdfast.notification.incident.GoodBackup;
import dev.holdfast.notification.incident.HitSource;
import dev.holdfast.notification.incident.Incident;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One alert as REST clients see it. */
record AlertItem(
        UUID id,
        String state,
        FailureCode code,
        boolean permission,
        String title,
        String summary,
        String cause,
        List<Remedy> remedies,
        Instant since,
        Instant lastFailureAt,
        @Nullable Instant resolvedAt,
        int failures,
        List<UUID> backups,
        List<String> sources,
        @Nullable GoodBackup lastGoodBackup,
        List<Sent> deliveries) {

    /** One delivery of it. */
    record Sent(
            @JsonIgnore UUID alertId,
            String channel,
            String kind,
            String status,
            int attempts,
            @Nullable Instant sentAt,
            @Nullable String lastError) {}

    static AlertItem of(Incident incident, List<GoodBackup> good, List<Sent> deliveries) {
        var failure = incident.failure();
        var extent = incident.extent();
        return new AlertItem(
                incident.id(),
                incident.isOpen() ? "open" : "resolved",
                failure.code(),
                incident.isPermission(),
                incident.title(),
                failure.summary(),
                failure.cause(),
                failure.remedies(),
                extent.since(),
                extent.lastFailureAt(),
                incident.resolvedAt(),
                extent.failures(),
                extent.backups(),
                extent.sources().stream().map(HitSource::name).toList(),
                good.isEmpty() ? null : good.getFirst(),
                deliveries);
    }
}
