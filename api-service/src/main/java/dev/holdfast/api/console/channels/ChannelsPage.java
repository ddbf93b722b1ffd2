package dev.holdfast.api.console.channels;

import dev.holdfast.api.console.notification.NotificationReader;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import tools.jackson.core.type.TypeReference;

/** The ways in which people are told of alerts, each with a test. */
@Controller
class ChannelsPage {
    private static final String PATH = "/api/v1/channels";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final TypeReference<ChannelLine.All> ALL = new TypeReference<>() {};
    private static final TypeReference<ChannelLine.Tested> TESTED = new TypeReference<>() {};

    private final NotificationReader notification;

    ChannelsPage(NotificationReader notification) {
        this.notification = notification;
    }

    @GetMapping("/channels")
    String show(HttpServletResponse response, Model model) {
        try {
            model.addAttribute(
                    "channels", notification.read(PATH, Map.of(), ALL).items());
        } catch (ApiProblem problem) {
            response.setStatus(problem.code().status());
            model.addAttribute("problem", problem);
        }
        return "console/channels";
    }

    /** Its result alone for the script, the whole page without it. */
    @PostMapping("/channels/{name}/test")
    String test(
            @PathVariable String name,
            @RequestHeader(name = "HX-Request", required = false) boolean partial,
            HttpServletResponse response,
            Model model) {
        if (!NAME.matcher(name).matches()) {
            throw new ApiProblem(ProblemCode.NOT_FOUND, "a channel has a name such as email or slack");
        }
        model.addAttribute("testedChannel", name);
        try {
            model.addAttribute("tested", notification.post(PATH + "/" + name + "/test", TESTED));
        } catch (ApiProblem problem) {
            // htmx shows an answer of 2xx alone.
            response.setStatus(
                    partial ? HttpServletResponse.SC_OK : problem.code().status());
            model.addAttribute("testProblem", problem);
        }
        return partial ? "console/channels :: result(name='" + name + "')" : show(response, model);
    }
}
