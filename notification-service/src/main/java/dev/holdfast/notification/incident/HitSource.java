package dev.holdfast.notification.incident;

import java.util.UUID;

/** A source whose backups an incident keeps from completing. */
public record HitSource(UUID id, String name) {}
