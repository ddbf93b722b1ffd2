package dev.holdfast.api.web.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Answers with a problem where Spring MVC is not reached: in filters and in the container. */
public final class ProblemWriter {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(tools.jackson.databind.MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private ProblemWriter() {}

    /** Writes the whole answer. */
    public static void write(HttpServletResponse response, ProblemCode code, String detail, String instance)
            throws IOException {
        write(response, Problem.of(code, detail, instance, List.of()));
    }

    static void write(HttpServletResponse response, Problem problem) throws IOException {
        var body = JSON.writeValueAsString(problem).getBytes(StandardCharsets.UTF_8);
        response.setStatus(problem.status());
        response.setContentType(Problem.JSON.toString());
        response.setContentLength(body.length);
        if (problem.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setHeader("Retry-After", Problem.RETRY_AFTER_SECONDS);
        }
        response.getOutputStream().write(body);
    }
}
