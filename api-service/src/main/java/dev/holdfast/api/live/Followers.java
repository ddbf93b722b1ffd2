package dev.holdfast.api.live;

import dev.holdfast.api.access.Caller;
import dev.holdfast.api.access.Callers;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** All clients of the live updates at this instance. */
@Component
class Followers implements SmartLifecycle {
    private static final long RECONNECT_MILLIS = 2000;

    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("live-", 0).factory());
    private final LiveFeed feed;
    private final LiveProperties properties;
    private final Clock clock;
    private volatile Window window = new Window(Long.MAX_VALUE);
    private volatile boolean running;

    Followers(LiveFeed feed, LiveProperties properties, MeterRegistry meters, Clock clock) {
        this.feed = feed;
        this.properties = properties;
        this.clock = clock;
        Gauge.builder("holdfast.live.clients", followers, Set::size)
                .description("clients of the live updates")
                .register(meters);
    }

    /** @param lastEventId the last event that the client has; absent for one that wants news alone */
    SseEmitter add(@Nullable Long lastEventId, @Nullable UUID backup) throws IOException {
        if (followers.size() >= properties.maxClients() || !running) {
            throw new ApiProblem(ProblemCode.UPSTREAM_UNAVAILABLE, "no more live updates at present");
        }
        var emitter = new SseEmitter(0L);
        long newest = window.newestId();
        // An id from before the database was set up anew would wait for a future that is far away.
        long place = lastEventId == null ? newest : Math.min(lastEventId, newest);
        var follower = new Follower(emitter, this::after, threads, place, backup, end());
        emitter.onCompletion(() -> followers.remove(follower));
        emitter.onTimeout(() -> followers.remove(follower));
        emitter.onError(gone -> followers.remove(follower));
        emitter.send(SseEmitter.event().comment("connected").reconnectTime(RECONNECT_MILLIS));
        followers.add(follower);
        follower.wake();
        return emitter;
    }

    /** The place up to which everybody is told. */
    long newestId() {
        return window.newestId();
    }

    /** From here on, what is after this place is told. */
    void startAt(long place) {
        window = new Window(place);
    }

    void tell(List<LiveEvent> events) {
        window.add(events);
        followers.forEach(Follower::wake);
    }

    private List<LiveEvent> after(long place, int limit) {
        Optional<List<LiveEvent>> recent = window.after(place, limit);
        return recent.orElseGet(() -> feed.after(place, limit).stream()
                .filter(event -> event.id() <= window.newestId())
                .toList());
    }

    @Scheduled(fixedDelayString = "${holdfast.live.heartbeat:15s}")
    void beat() {
        var now = clock.instant();
        followers.forEach(follower -> follower.beat(now));
    }

    /** Whoever was let in when a stream began need not be any more: it ends from time to time, but for the local token's. */
    private Instant end() {
        boolean isLocal = Callers.current()
                .filter(caller -> caller.kind() == Caller.Kind.LOCAL)
                .isPresent();
        return isLocal ? Instant.MAX : clock.instant().plus(properties.streamLife());
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the web server waits for open requests to end, which these would never do by themselves. */
    @Override
    public void stop() {
        running = false;
        followers.forEach(Follower::end);
        threads.shutdown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
