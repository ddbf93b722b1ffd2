package dev.holdfast.notification.alert;

import dev.holdfast.common.event.AlertRaised;
import dev.holdfast.common.event.AlertResolved;
import dev.holdfast.common.event.Sequence;
import dev.holdfast.common.messaging.Outbox;
import dev.holdfast.notification.channel.AlertKind;
import dev.holdfast.notification.incident.Incident;
import dev.holdfast.notification.incident.IncidentChanges;
import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Stores with each beginning and end of an incident what is to be sent of it: the event, and one message a channel. */
@Component
class Announcements implements IncidentChanges {
    private final Outbox outbox;
    private final Deliveries deliveries;
    private final Channels channels;
    private final DeliverySignal signal;
    private final Clock clock;

    Announcements(Outbox outbox, Deliveries deliveries, Channels channels, DeliverySignal signal, Clock clock) {
        this.outbox = outbox;
        this.deliveries = deliveries;
        this.channels = channels;
        this.signal = signal;
        this.clock = clock;
    }

    @Override
    public void raised(Incident incident) {
        outbox.store(
                new AlertRaised(
                        incident.id(),
                        incident.failure().code(),
                        incident.title(),
                        incident.extent().since()),
                incident.sequence());
        deliveries.overtake(incident);
        announce(incident, AlertKind.RAISED);
    }

    @Override
    public void resolved(Incident incident) {
        outbox.store(
                new AlertResolved(
                        incident.id(),
                        incident.failure().code(),
                        incident.title(),
                        incident.extent().since(),
                        incident.extent().failures()),
                Sequence.after(incident.sequence(), clock));
        announce(incident, AlertKind.RESOLVED);
    }

    private void announce(Incident incident, AlertKind kind) {
        channels.names().forEach(channel -> deliveries.add(incident.id(), channel, kind));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                signal.wake();
            }
        });
    }
}
