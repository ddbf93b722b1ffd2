package dev.holdfast.api.web;

import dev.holdfast.api.web.problem.BodyTooLarge;
import dev.holdfast.api.web.problem.Browser;
import dev.holdfast.api.web.problem.ProblemCode;
import dev.holdfast.api.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes bodies of plain JSON, or of forms where pages are, and of bounded size alone, also where a handler would not look at them.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class BodyGuard extends OncePerRequestFilter {
    private final ApiProperties properties;
    private final Clock clock;

    BodyGuard(ApiProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() <= 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null) {
            chain.doFilter(request, response);
        } else if (!isPlainJson(request) && !isForm(request)) {
            refuseType(request, response);
        } else if (request.getContentLengthLong() > properties.maxBodySize().toBytes()) {
            var tooLarge = new BodyTooLarge(properties.maxBodySize());
            refuse(request, response, ProblemCode.BODY_TOO_LARGE, String.valueOf(tooLarge.getMessage()));
        } else {
            chain.doFilter(new Limited(request), response);
        }
    }

    private static boolean isPlainJson(HttpServletRequest request) {
        var type =
                request.getContentType() == null ? "" : request.getContentType().toLowerCase(Locale.ROOT);
        var encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        var mediaType = type.split(";", 2)[0].strip();
        var utf8 = !type.contains("charset") || type.matches(".*charset\\s*=\\s*\"?utf-8\"?.*");
        return mediaType.equals("application/json")
                && utf8
                && (encoding == null || encoding.equalsIgnoreCase("identity"));
    }

    /** What a page's form sends; REST takes none, so that no page of another site can reach it with one. */
    private static boolean isForm(HttpServletRequest request) {
        var type = request.getContentType();
        return Browser.isPage(request.getRequestURI())
                && type != null
                && type.toLowerCase(Locale.ROOT).matches("application/x-www-form-urlencoded(;\\s*charset=utf-8)?")
                && request.getHeader(HttpHeaders.CONTENT_ENCODING) == null;
    }

    private static void refuseType(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (Browser.isPage(request.getRequestURI())) {
            refuse(
                    request,
                    response,
                    ProblemCode.FORM_NEEDED,
                    "a page takes application/x-www-form-urlencoded in UTF-8, not encoded otherwise");
        } else {
            refuse(
                    request,
                    response,
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "a body must be application/json, not encoded");
        }
    }

    private static void refuse(
            HttpServletRequest request, HttpServletResponse response, ProblemCode code, String detail)
            throws IOException {
        // What follows on this connection would be the rest of that body.
        response.setHeader(HttpHeaders.CONNECTION, "close");
        ProblemWriter.write(response, code, detail, request.getRequestURI());
    }

    /** Counts what is read, for bodies that do not say their length. */
    private final class Limited extends HttpServletRequestWrapper {
        Limited(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new LimitedInput(super.getInputStream(), properties.maxBodySize(), properties.maxBodyTime(), clock);
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }
}
