package dev.holdfast.api.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.api.PageClient;
import dev.holdfast.api.RunningApi;
import dev.holdfast.api.TestAccounts;
import dev.holdfast.api.Wire;
import dev.holdfast.api.WorkerEvents;
import dev.holdfast.common.event.BackupPhase;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

class LiveApiIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final RunningApi API = RunningApi.shared();
    private static final Wire WIRE = new Wire(API);

    @BeforeAll
    static void aSource() {
        API.createSource("live");
    }

    @AfterAll
    static void close() {
        WIRE.close();
    }

    @Test
    void every_event_of_a_backup_arrives_in_order_as_a_cloud_event() throws Exception {
        try (var client = new SseClient(API, "")) {
            var id = request();
            await().atMost(PATIENCE).until(() -> !client.events().isEmpty());
            var worker = WorkerEvents.of(id, "live");
            WIRE.say(worker.started(1), Long.MAX_VALUE - 10);
            WIRE.say(worker.completed(1), Long.MAX_VALUE - 9);
            await().atMost(PATIENCE).until(() -> client.events().size() >= 3);

            assertThat(client.response().headers().firstValue("content-type")).contains("text/event-stream");
            assertThat(client.response().headers().firstValue("cache-control")).contains("no-store");
            assertThat(client.types())
                    .containsExactly(
                            "dev.holdfast.backup.requested.v1",
                            "dev.holdfast.backup.started.v1",
                            "dev.holdfast.backup.completed.v1");
            assertThat(client.ids().stream().map(Long::valueOf).toList())
                    .isSorted()
                    .doesNotHaveDuplicates();
            var requested =
                    JsonMapper.shared().readTree(client.events().getFirst().get("data"));
            assertThat(requested.get("specversion").asString()).isEqualTo("1.0");
            assertThat(requested.get("source").asString()).isEqualTo("/holdfast/api-service");
            assertThat(requested.get("subject").asString()).isEqualTo(id);
            assertThat(requested.get("type").asString()).isEqualTo("dev.holdfast.backup.requested.v1");
            assertThat(requested.get("sequence").asString()).matches("\\d+");
            assertThat(requested.get("data").get("backupId").asString()).isEqualTo(id);
            assertThat(requested.get("data").has("sealedPassword")).isFalse();
            assertThat(stored(id)).doesNotContain("sealedPassword");
        }
    }

    @Test
    void a_client_that_comes_back_gets_what_it_has_missed() throws Exception {
        String last;
        String first;
        try (var client = new SseClient(API, "")) {
            first = request();
            await().atMost(PATIENCE).until(() -> !client.events().isEmpty());
            last = client.ids().getFirst();
        }
        var second = request();
        var third = request();
        await().atMost(PATIENCE).until(() -> stored(third).contains(third));

        for (var how : new String[][] {{"", "Last-Event-ID", last}, {"?lastEventId=" + last}}) {
            var headers = how.length > 1 ? new String[] {how[1], how[2]} : new String[0];
            try (var client = new SseClient(API, how[0], headers)) {
                await().atMost(PATIENCE).until(() -> client.events().size() >= 2);
                assertThat(client.events().toString()).contains(second, third).doesNotContain(first);
            }
        }
    }

    @Test
    void an_id_from_before_the_window_is_answered_from_the_table() throws Exception {
        var id = request();
        await().atMost(PATIENCE).until(() -> stored(id).contains(id));
        // An instance that has just started has nothing in memory yet.
        try (var another = API.another();
                var client = new SseClient(another, "?lastEventId=0&backup=" + id)) {
            await().atMost(PATIENCE).until(() -> client.events().size() >= 1);
            assertThat(client.types()).containsExactly("dev.holdfast.backup.requested.v1");

            var worker = WorkerEvents.of(id, "live");
            WIRE.say(worker.started(1), Long.MAX_VALUE - 10);
            WIRE.say(worker.progressed(1, BackupPhase.DUMP, 5), Long.MAX_VALUE - 9);
            WIRE.say(worker.completed(1), Long.MAX_VALUE - 8);
            // Whichever of the two instances consumes them, the clients of both see them.
            await().atMost(PATIENCE).until(() -> client.events().size() >= 4);
            assertThat(client.types()).contains("dev.holdfast.backup.completed.v1");
        }
    }

    @Test
    void an_id_from_the_future_starts_with_what_is_new() throws Exception {
        try (var client = new SseClient(API, "", "Last-Event-ID", "999999999999")) {
            var id = request();

            await().atMost(PATIENCE).until(() -> client.events().toString().contains(id));
        }
    }

    @Test
    void one_backup_can_be_followed_alone() throws Exception {
        var wanted = request();
        try (var client = new SseClient(API, "?lastEventId=0&backup=" + wanted)) {
            var other = request();
            WIRE.say(WorkerEvents.of(other, "live").started(1), Long.MAX_VALUE - 10);
            WIRE.say(WorkerEvents.of(wanted, "live").started(1), Long.MAX_VALUE - 10);

            await().atMost(PATIENCE).until(() -> client.types().contains("dev.holdfast.backup.started.v1"));
            assertThat(client.events())
                    .allSatisfy(event -> assertThat(event.get("data")).contains(wanted));
        }
    }

    @Test
    void what_is_committed_is_seen_within_milliseconds() throws Exception {
        try (var client = new SseClient(API, "")) {
            var delays = new ArrayList<Long>();
            for (int count = 0; count < 20; count++) {
                int seen = client.events().size();
                long before = System.nanoTime();
                request();
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .atMost(PATIENCE)
                        .until(() -> client.events().size() > seen);
                delays.add(Duration.ofNanos(System.nanoTime() - before).toMillis());
            }
            delays.sort(Long::compare);

            assertThat(delays.get(10)).isLessThan(450);
        }
    }

    @Test
    void a_thousand_idle_clients_hold_no_thread_each() throws Exception {
        int before = ManagementFactory.getThreadMXBean().getThreadCount();
        var sockets = new ArrayList<Socket>();
        try {
            for (int count = 0; count < 1000; count++) {
                sockets.add(follow(API, 0));
            }
            await().atMost(PATIENCE).until(() -> clients(API) >= 1000);

            assertThat(ManagementFactory.getThreadMXBean().getThreadCount() - before)
                    .isLessThan(60);
            var id = request();
            for (var socket : sockets) {
                assertThat(readUntil(socket.getInputStream(), id)).contains("event:dev.holdfast.backup.requested.v1");
            }
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            // Nobody knows that a client has left before something is sent to it.
            request();
            return clients(API) < 10;
        });
    }

    @Test
    void a_client_that_takes_nothing_is_dropped_and_the_others_go_on() throws Exception {
        try (var api = API.another("--server.tomcat.connection-timeout=1s", "--holdfast.live.heartbeat=200ms");
                var slow = follow(api, 1024);
                var quick = new SseClient(api, "")) {
            await().atMost(PATIENCE).until(() -> clients(api) == 2);
            var filler = "x".repeat(500_000);

            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> {
                        insert(filler);
                        return clients(api) == 1;
                    });

            assertThat(slow.isConnected()).isTrue();
            int seen = quick.events().size();
            insert("still there");
            await().atMost(PATIENCE).until(() -> quick.events().size() > seen);
            assertThat(quick.hasEnded()).isFalse();
            assertThat(quick.comments()).contains(":alive");
        }
    }

    @Test
    void a_service_that_stops_lets_its_clients_go_at_once() throws Exception {
        var api = API.another();
        var client = new SseClient(api, "");
        await().atMost(PATIENCE).until(() -> clients(api) == 1);

        long before = System.nanoTime();
        api.close();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(9));
        await().atMost(PATIENCE).until(client::hasEnded);
    }

    @Test
    void a_page_that_is_open_for_long_is_asked_again_who_looks_at_it() throws Exception {
        try (var api = RunningApi.start("--holdfast.live.stream-life=1s", "--holdfast.live.heartbeat=200ms")) {
            var person = PageClient.signedIn(api, TestAccounts.signInable(api, "viewer"));

            var stream = person.get("/api/v1/events", "Accept", "text/event-stream");

            // It has come to its end by itself.
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.text()).contains("connected").contains("alive");
        }
    }

    private static String request() {
        return API.post("/api/v1/backups", "{\"source\": \"live\"}")
                .json()
                .get("id")
                .asString();
    }

    private static Socket follow(RunningApi api, int receiveBuffer) throws IOException {
        var socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress("127.0.0.1", api.port()));
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + RunningApi.TOKEN
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String readUntil(InputStream input, String expected) throws IOException {
        var text = new StringBuilder();
        var buffer = new byte[8192];
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (text.indexOf(expected) < 0 && System.nanoTime() < deadline) {
            int read = input.read(buffer);
            if (read < 0) {
                break;
            }
            text.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    private static double clients(RunningApi api) {
        return api.bean(io.micrometer.core.instrument.MeterRegistry.class)
                .get("holdfast.live.clients")
                .gauge()
                .value();
    }

    private static void insert(String body) {
        API.bean(JdbcClient.class)
                .sql("insert into live_event (recorded_at, backup_id, type, body) values (now(), ?, 'filler', ?)")
                .param(UUID.randomUUID())
                .param("\"" + body + "\"")
                .update();
        API.bean(JdbcClient.class).sql("notify " + LiveFeed.CHANNEL).update();
    }

    private static String stored(String backup) {
        return String.join(
                "\n",
                API.bean(JdbcClient.class)
                        .sql("select body from live_event where backup_id = ?::uuid order by id")
                        .param(backup)
                        .query(String.class)
                        .list());
    }
}
