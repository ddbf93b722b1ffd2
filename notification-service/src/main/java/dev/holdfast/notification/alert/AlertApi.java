package dev.holdfast.notification.alert;

import dev.holdfast.notification.incident.GoodBackups;
import dev.holdfast.notification.incident.Incident;
import dev.holdfast.notification.incident.Incidents;
import dev.holdfast.notification.web.IdCursor;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The alerts over HTTP. */
@RestController
class AlertApi {
    private final Incidents incidents;
    private final GoodBackups goodBackups;
    private final Deliveries deliveries;

    AlertApi(Incidents incidents, GoodBackups goodBackups, Deliveries deliveries) {
        this.incidents = incidents;
        this.goodBackups = goodBackups;
        this.deliveries = deliveries;
    }

    /** The newest alerts that match every parameter; see {@link AlertQuery}. */
    @GetMapping("/api/v1/alerts")
    AlertPage alerts(@RequestParam MultiValueMap<String, String> parameters) {
        var query = AlertQuery.parse(parameters);
        // One more tells whether there is a next page.
        var found = incidents.page(query.open(), query.before(), query.limit() + 1);
        if (found.size() <= query.limit()) {
            return new AlertPage(items(found), null);
        }
        var page = found.subList(0, query.limit());
        return new AlertPage(items(page), IdCursor.of(page.getLast().id()));
    }

    private List<AlertItem> items(List<Incident> page) {
        var sent = deliveries.of(page.stream().map(Incident::id).toList()).stream()
                .collect(Collectors.groupingBy(AlertItem.Sent::alertId));
        return page.stream()
                .map(incident -> AlertItem.of(
                        incident, goodBackups.before(incident.extent()), sent.getOrDefault(incident.id(), List.of())))
                .toList();
    }
}
