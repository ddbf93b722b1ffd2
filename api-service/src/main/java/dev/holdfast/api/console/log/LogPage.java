package dev.holdfast.api.console.log;

import dev.holdfast.api.console.notification.NotificationReader;
import dev.holdfast.api.web.Page;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.common.event.EventType;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import tools.jackson.core.type.TypeReference;

/** The log of every event, newest first. */
@Controller
class LogPage {
    private static final TypeReference<Page<LogLine>> LINES = new TypeReference<>() {};

    private final NotificationReader notification;

    LogPage(NotificationReader notification) {
        this.notification = notification;
    }

    @GetMapping("/log")
    String show(@ModelAttribute LogFilter filter, HttpServletResponse response, Model model) {
        model.addAttribute("filter", filter);
        model.addAttribute("levels", List.of("debug", "info", "warn", "error"));
        model.addAttribute("types", types());
        try {
            var page = notification.read("/api/v1/log", filter.query(), LINES);
            model.addAttribute("lines", page.items());
            model.addAttribute("older", page.next() == null ? null : filter.address(page.next()));
            model.addAttribute("newest", filter.cursor().isEmpty() ? null : filter.address(""));
        } catch (ApiProblem problem) {
            response.setStatus(problem.code().status());
            model.addAttribute("problem", problem);
        }
        return "console/log";
    }

    private static List<String> types() {
        return Arrays.stream(EventType.values()).map(EventType::wireName).toList();
    }
}
