package dev.holdfast.notification.alert;

import dev.holdfast.notification.incident.Incidents;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.LongSupplier;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;

/** Counts alerts and messages when somebody asks. */
@Component
class AlertMeters implements MeterBinder {
    private final Incidents incidents;
    private final Deliveries deliveries;

    AlertMeters(Incidents incidents, Deliveries deliveries) {
        this.incidents = incidents;
        this.deliveries = deliveries;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("holdfast.alerts.open", () -> counted(incidents::countOpen))
                .description("incidents that are not over")
                .register(registry);
        Gauge.builder("holdfast.deliveries.pending", () -> counted(deliveries::countPending))
                .description("messages about alerts that are to be sent, or sent again")
                .register(registry);
    }

    private static double counted(LongSupplier count) {
        try {
            return count.getAsLong();
        } catch (DataAccessException | CannotCreateTransactionException e) {
            return Double.NaN;
        }
    }
}
