package dev.holdfast.api.web;

import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
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

    /** Where alerts point: to a page of its own one day, to the backup's record until then. */
    @GetMapping("/backups/{id}")
    ResponseEntity<Void> whereItsRecordIs(@PathVariable UUID id) {
        return ResponseEntity.status(HttpStatus.TEMPORARY_REDIRECT)
                .location(URI.create("/api/v1/backups/" + id))
                .build();
    }
}
