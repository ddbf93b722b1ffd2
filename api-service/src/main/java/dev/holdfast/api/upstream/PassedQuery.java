package dev.holdfast.api.upstream;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import org.springframework.web.util.UriComponentsBuilder;

/** The query of a request as another service is to get it, encoded anew: what a parameter means is for the other one to judge. */
public final class PassedQuery {
    private PassedQuery() {}

    /** The path with the first value of each parameter. */
    public static String on(String path, HttpServletRequest request) {
        var query = UriComponentsBuilder.fromPath(path);
        var values = new HashMap<String, Object>();
        request.getParameterMap().forEach((name, given) -> {
            query.queryParam(name, "{" + name + "}");
            values.put(name, given[0]);
        });
        return query.encode().buildAndExpand(values).toUriString();
    }
}
