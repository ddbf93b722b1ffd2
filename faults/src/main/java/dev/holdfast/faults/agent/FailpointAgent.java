package dev.holdfast.faults.agent;

import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts failpoints into a service as its classes are loaded: {@code -javaagent:faults.jar=ORDERS;POINT;POINT...}. What runs without the
 * agent has none. ORDERS is the file that says which of them is deadly; it may be written, and deleted, at any time.
 */
public final class FailpointAgent {
    private FailpointAgent() {}

    /** Called by the JVM before the service's {@code main}. */
    public static void premain(String arguments, Instrumentation instrumentation) {
        var parts = arguments.split(";", -1);
        List<Failpoint> points = Stream.of(parts).skip(1).map(Failpoint::parse).toList();
        Death.obey(Path.of(parts[0]));
        instrumentation.addTransformer(new FailpointTransformer(points));
    }
}
