package dev.holdfast.api.console.parked;

import dev.holdfast.api.console.Notice;
import dev.holdfast.api.console.notification.NotificationReader;
import dev.holdfast.api.web.Page;
import dev.holdfast.api.web.problem.ApiProblem;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.core.type.TypeReference;

/** Messages between the services that were set aside: to be given back to their queue, or thrown away. */
@Controller
@RequestMapping("/parked")
class ParkedPage {
    private static final String PATH = "/api/v1/parked-messages";
    private static final TypeReference<Page<ParkedLine>> MESSAGES = new TypeReference<>() {};

    private final NotificationReader notification;

    ParkedPage(NotificationReader notification) {
        this.notification = notification;
    }

    @GetMapping
    String show(@RequestParam(defaultValue = "") String cursor, HttpServletResponse response, Model model) {
        try {
            var page = notification.read(PATH, Map.of("cursor", cursor), MESSAGES);
            model.addAttribute("messages", page.items());
            model.addAttribute("older", page.next() == null ? null : address(page.next()));
            model.addAttribute("newest", cursor.isEmpty() ? null : "/parked");
        } catch (ApiProblem problem) {
            response.setStatus(problem.code().status());
            model.addAttribute("problem", problem);
        }
        return "console/parked";
    }

    @PostMapping("/{id}/replay")
    String replay(@PathVariable UUID id, HttpServletResponse response, Model model) {
        return settled("POST", PATH + "/" + id + "/replay", Notice.MESSAGE_REPLAYED, response, model);
    }

    @PostMapping("/{id}/discard")
    String discard(@PathVariable UUID id, HttpServletResponse response, Model model) {
        return settled("DELETE", PATH + "/" + id, Notice.MESSAGE_DISCARDED, response, model);
    }

    private String settled(String method, String path, Notice done, HttpServletResponse response, Model model) {
        try {
            notification.change(method, path);
        } catch (ApiProblem problem) {
            response.setStatus(problem.code().status());
            model.addAttribute("refused", problem);
            return show("", response, model);
        }
        return "redirect:" + done.on("/parked");
    }

    private static String address(String cursor) {
        return UriComponentsBuilder.fromPath("/parked")
                .queryParam("cursor", "{cursor}")
                .encode()
                .buildAndExpand(cursor)
                .toUriString();
    }
}
