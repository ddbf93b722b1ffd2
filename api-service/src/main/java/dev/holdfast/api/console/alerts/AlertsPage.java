package dev.holdfast.api.console.alerts;

import dev.holdfast.api.console.notification.NotificationReader;
import dev.holdfast.api.web.Page;
import dev.holdfast.api.web.problem.ApiProblem;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.core.type.TypeReference;

/** The incidents, newest first, each with its deliveries. */
@Controller
class AlertsPage {
    private static final TypeReference<Page<AlertLine>> ALERTS = new TypeReference<>() {};

    private final NotificationReader notification;

    AlertsPage(NotificationReader notification) {
        this.notification = notification;
    }

    @GetMapping("/alerts")
    String show(
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String cursor,
            HttpServletResponse response,
            Model model) {
        model.addAttribute("state", state);
        try {
            var query = Map.of("state", state, "cursor", cursor, "limit", "20");
            var page = notification.read("/api/v1/alerts", query, ALERTS);
            model.addAttribute("alerts", page.items());
            model.addAttribute("isTelling", page.items().stream().anyMatch(AlertLine::isBeingTold));
            model.addAttribute("older", page.next() == null ? null : address(state, page.next()));
            model.addAttribute("newest", cursor.isEmpty() ? null : address(state, ""));
        } catch (ApiProblem problem) {
            response.setStatus(problem.code().status());
            model.addAttribute("problem", problem);
        }
        return "console/alerts";
    }

    private static String address(String state, String cursor) {
        var address = UriComponentsBuilder.fromPath("/alerts");
        if (!state.isEmpty()) {
            address.queryParam("state", "{state}");
        }
        if (!cursor.isEmpty()) {
            address.queryParam("cursor", "{cursor}");
        }
        return address.encode()
                .buildAndExpand(Map.of("state", state, "cursor", cursor))
                .toUriString();
    }
}
