package dev.holdfast.common.event;

import dev.holdfast.common.failure.FailureCode;
import java.time.Instant;
import java.util.UUID;

/** What people are told about an incident; one incident is one alert, however many backups it hits. */
public sealed interface AlertEvent extends HoldfastEvent permits AlertRaised, AlertResolved {

    UUID alertId();

    /** What is wrong; where that changed within the incident, the newest reason. */
    FailureCode code();

    /** One line for people. */
    String title();

    /** When the first backup failed, the storage did, or the first message was set aside. */
    Instant since();

    @Override
    default String subject() {
        return alertId().toString();
    }
}
