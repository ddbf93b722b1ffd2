package dev.holdfast.worker.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ToolLauncherIT {
    @Test
    void a_tool_dies_with_a_worker_that_is_killed() throws Exception {
        assumeThat(Path.of("/usr/bin/setpriv"))
                .as("without setpriv only a broken pipe ends a tool")
                .isExecutable();
        var worker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Worker.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var tool = toolOf(worker);
        assertThat(tool.isAlive()).isTrue();

        worker.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

        await().atMost(Duration.ofSeconds(5)).until(() -> !tool.isAlive());
    }

    @Test
    void a_tool_outlives_the_thread_that_asked_for_it() throws Exception {
        try (var launcher = new ToolLauncher()) {
            var started = new java.util.concurrent.CompletableFuture<Process>();
            var asking = Thread.ofPlatform().start(() -> started.complete(sleep(launcher, "0.5")));
            asking.join();

            assertThat(started.get().waitFor()).isZero();
        }
    }

    @Test
    void a_tool_gets_no_environment_but_the_given_one() throws Exception {
        try (var launcher = new ToolLauncher()) {
            var process = launcher.start(List.of("/usr/bin/env"), ToolEnvironment.minimal());

            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(said.lines().map(line -> line.split("=", 2)[0]))
                    .containsExactlyInAnyOrder("PATH", "LC_ALL", "LC_MESSAGES", "LANG");
        }
    }

    @Test
    void a_start_without_a_file_left_may_pass() throws Exception {
        var worker = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "ulimit -n 256; exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Crowded.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();

        var said = new String(worker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said).startsWith("may pass: true").contains("Too many open files");
    }

    private static ProcessHandle toolOf(Process worker) throws IOException {
        try (var reader =
                new java.io.BufferedReader(new InputStreamReader(worker.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("tool ")) {
                    return ProcessHandle.of(Long.parseLong(line.substring(5))).orElseThrow();
                }
            }
        }
        throw new AssertionError("the worker started no tool");
    }

    private static Process sleep(ToolLauncher launcher, String seconds) {
        try {
            return launcher.start(List.of("/bin/sleep", seconds), ToolEnvironment.minimal());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A JVM of its own that starts a long tool and waits to be killed. */
    static final class Worker {
        public static void main(String[] arguments) throws Exception {
            var tool = sleep(new ToolLauncher(), "600");
            System.out.println("tool " + tool.pid());
            tool.waitFor();
        }
    }

    /** A JVM of its own that has as many files open as it may, and then starts a tool. */
    static final class Crowded {
        public static void main(String[] arguments) throws Exception {
            var launcher = new ToolLauncher();
            // Whatever has to be loaded for it is.
            sleep(launcher, "0").waitFor();
            ToolFailures.mayPass(new IOException());
            var open = fill();
            try {
                launcher.start(List.of("/bin/true"), ToolEnvironment.minimal());
                System.out.println("it was started");
            } catch (IOException e) {
                boolean mayPass = ToolFailures.mayPass(e);
                open.removeLast().close();
                System.out.println("may pass: " + mayPass + " " + e);
            }
            System.exit(0);
        }

        private static Deque<InputStream> fill() {
            var open = new ArrayDeque<InputStream>();
            try {
                while (true) {
                    open.add(new FileInputStream("/dev/null"));
                }
            } catch (IOException e) {
                return open;
            }
        }
    }
}
