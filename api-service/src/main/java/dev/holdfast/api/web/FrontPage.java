package dev.holdfast.api.web;

import dev.holdfast.api.web.problem.Browser;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Leads people to the console, and tells programs where to go on. */
@Hidden
@RestController
class FrontPage {
    private static final Map<String, String> PLACES = Map.of(
            "name", "Holdfast",
            "api", "/api/v1",
            "openapi", "/v3/api-docs",
            "events", "/api/v1/events",
            "health", "/actuator/health");

    private final FirstPage first;

    FrontPage(FirstPage first) {
        this.first = first;
    }

    @GetMapping("/")
    ResponseEntity<?> whereToGo(HttpServletRequest request) {
        if (Browser.isAsking(request)) {
            return ResponseEntity.status(HttpStatus.SEE_OTHER)
                    .location(URI.create(first.path()))
                    .varyBy(HttpHeaders.ACCEPT)
                    .build();
        }
        return ResponseEntity.ok().varyBy(HttpHeaders.ACCEPT).body(PLACES);
    }
}
