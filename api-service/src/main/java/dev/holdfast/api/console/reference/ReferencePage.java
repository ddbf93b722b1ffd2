package dev.holdfast.api.console.reference;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** What there is over REST, as Swagger UI shows it; what is tried there is done with the session of who looks at it. */
@Controller
class ReferencePage {

    @GetMapping("/api-docs")
    String show() {
        return "console/reference";
    }
}
