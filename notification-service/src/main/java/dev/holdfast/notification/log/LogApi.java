package dev.holdfast.notification.log;

import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The log over HTTP. */
@RestController
class LogApi {
    private final EventLog log;

    LogApi(EventLog log) {
        this.log = log;
    }

    /** The newest entries that match every parameter; see {@link LogQueryParameters}. */
    @GetMapping("/api/v1/log")
    LogPage log(@RequestParam MultiValueMap<String, String> parameters) {
        return log.page(LogQueryParameters.parse(parameters));
    }
}
