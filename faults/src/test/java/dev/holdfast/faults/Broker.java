package dev.holdfast.faults;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.holdfast.embedded.FreePort;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.testcontainers.rabbitmq.RabbitMQContainer;

/** A real RabbitMQ in a container, on a port that outlives its deaths. */
final class Broker implements AutoCloseable {
    private static final Duration RECOVERY = Duration.ofMinutes(1);

    private final int port = FreePort.find();
    private final RabbitMQContainer container;

    Broker() {
        container = new RabbitMQContainer("rabbitmq:4-management");
        container.setPortBindings(List.of(port + ":5672"));
    }

    void start() {
        container.start();
    }

    String host() {
        return container.getHost();
    }

    int port() {
        return port;
    }

    String username() {
        return container.getAdminUsername();
    }

    String password() {
        return container.getAdminPassword();
    }

    /** Runs {@code rabbitmqctl} within the container. */
    String ctl(String... arguments) {
        return Command.run(Stream.concat(
                                Stream.of("docker", "exec", container.getContainerId(), "rabbitmqctl", "-q"),
                                Stream.of(arguments))
                        .toList())
                .succeeded();
    }

    /** The broker stops, and its node stays: clients are told so. */
    void stopApp() {
        ctl("stop_app");
    }

    void startApp() {
        ctl("start_app");
        awaitUp();
    }

    /** As a power cut does it. */
    void kill() {
        docker("kill", "--signal", "KILL");
    }

    /** Starts it after a {@link #kill()}. */
    void restart() {
        docker("start");
        awaitUp();
    }

    /** Every process of it stands still, every connection stays open. */
    void freeze() {
        docker("pause");
    }

    /** Whether it stands still now: where its processes are too busy to be stopped in time, Docker lets them go on. */
    boolean tryFreeze() {
        return Command.run("docker", "pause", container.getContainerId()).exitCode() == 0;
    }

    void thaw() {
        docker("unpause");
    }

    /** Whatever was done to it ends. */
    void recover() {
        var state = Command.run("docker", "inspect", "-f", "{{.State.Status}}", container.getContainerId())
                .succeeded()
                .strip();
        switch (state) {
            case "paused" -> thaw();
            case "exited" -> docker("start");
            default -> {}
        }
        if (!isUp()) {
            await().atMost(RECOVERY)
                    .until(() ->
                            Command.run("docker", "exec", container.getContainerId(), "rabbitmqctl", "-q", "start_app")
                                            .exitCode()
                                    == 0);
        }
        awaitUp();
    }

    void awaitUp() {
        await().atMost(RECOVERY).until(this::isUp);
    }

    private boolean isUp() {
        try (var connection = connect("/")) {
            return connection.isOpen();
        } catch (IOException | TimeoutException e) {
            return false;
        }
    }

    /** A connection of the test's own, past every proxy. */
    Connection connect(String virtualHost) throws IOException, TimeoutException {
        var factory = new ConnectionFactory();
        factory.setHost(host());
        factory.setPort(port);
        factory.setVirtualHost(virtualHost);
        factory.setUsername(username());
        factory.setPassword(password());
        factory.setConnectionTimeout(3_000);
        return factory.newConnection("faults");
    }

    @Override
    public void close() {
        container.stop();
    }

    private void docker(String verb, String... options) {
        Command.run(Stream.of(Stream.of("docker", verb), Stream.of(options), Stream.of(container.getContainerId()))
                        .flatMap(part -> part)
                        .toList())
                .succeeded();
    }
}
