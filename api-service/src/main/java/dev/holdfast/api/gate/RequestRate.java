package dev.holdfast.api.gate;

import dev.holdfast.api.access.AccessProperties;
import dev.holdfast.api.access.Caller;
import dev.holdfast.api.access.Callers;
import dev.holdfast.api.web.problem.ProblemCode;
import dev.holdfast.api.web.problem.ProblemWriter;
import io.github.bucket4j.Bucket;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps one caller from taking the service away from the others. There are as many buckets as accounts and tokens; whoever is not
 * known gets no further than the sign-in page, which counts by itself.
 */
@Component
class RequestRate extends OncePerRequestFilter {
    private static final int BURST_SECONDS = 5;

    private final int perSecond;
    private final ConcurrentMap<String, Bucket> buckets = new ConcurrentHashMap<>();

    RequestRate(AccessProperties properties) {
        this.perSecond = properties.requestsPerSecond();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var caller = Callers.current();
        if (caller.isPresent()) {
            var taken = bucket(caller.get()).tryConsumeAndReturnRemaining(1);
            if (!taken.isConsumed()) {
                long seconds = Duration.ofNanos(taken.getNanosToWaitForRefill()).toSeconds() + 1;
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
                ProblemWriter.write(
                        response,
                        ProblemCode.TOO_MANY_REQUESTS,
                        "more than " + perSecond + " requests a second",
                        request.getRequestURI());
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private Bucket bucket(Caller caller) {
        return buckets.computeIfAbsent(
                caller.kind() + " " + caller.label() + " " + caller.getName(),
                key -> Bucket.builder()
                        .addLimit(limit -> limit.capacity((long) perSecond * BURST_SECONDS)
                                .refillGreedy(perSecond, Duration.ofSeconds(1)))
                        .build());
    }
}
