package dev.holdfast.api.web;

import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells whoever opens the address in a browser where to go on. */
@Hidden
@RestController
class FrontPage {

    @GetMapping("/")
    Map<String, String> whereToGo() {
        return Map.of(
                "name", "Holdfast",
                "api", "/api/v1",
                "openapi", "/v3/api-docs",
                "events", "/api/v1/events",
                "health", "/actuator/health");
    }
}
