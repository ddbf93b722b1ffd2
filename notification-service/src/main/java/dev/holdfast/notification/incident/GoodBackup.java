package dev.holdfast.notification.incident;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.UUID;

/** The newest completed backup of a source: what there is to go back to. */
public record GoodBackup(UUID id, @JsonIgnore UUID sourceId, String source, Instant at, String path) {}
