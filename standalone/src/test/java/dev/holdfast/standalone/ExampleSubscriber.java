package dev.holdfast.standalone;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The subscribers of docs/examples, and how each is started. */
enum ExampleSubscriber {
    PYTHON {
        @Override
        List<String> command() throws Exception {
            for (var python : List.of("python3", "/usr/bin/python3")) {
                if (succeeds(python, "-c", "import pika")) {
                    return List.of(python, ExampleProgram.file("subscriber.py").toString());
                }
            }
            assumeTrue(false, "no Python 3 with pika is installed (Debian and Ubuntu: apt-get install python3-pika)");
            return List.of();
        }
    },
    JAVA {
        @Override
        List<String> command() {
            return List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx64m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    classPath(),
                    ExampleProgram.file("Subscriber.java").toString());
        }
    };

    /** What starts it; where the machine lacks what it needs, the test is skipped. */
    abstract List<String> command() throws Exception;

    /** What README.md of the examples says it needs. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .filter(entry -> entry.matches(".*/(amqp-client|netty-[a-z0-9-]*|slf4j-api)-[^/]*[.]jar"))
                .reduce((first, second) -> first + java.io.File.pathSeparator + second)
                .orElseThrow();
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
