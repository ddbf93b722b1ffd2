package dev.holdfast.faults;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives every row the one installation of this JVM, sound before and after it. */
final class SharedHoldfast implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    @Override
    public void beforeEach(ExtensionContext context) {
        shared().holdfast().recover();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        var shared = shared();
        if (context.getExecutionException().isPresent()) {
            System.err.println(context.getUniqueId() + "\n" + shared.holdfast());
            // Whatever state they are in, the next row shall not suffer from it.
            shared.holdfast().processes().forEach(ServiceProcess::kill);
            shared.holdfast().recover();
            shared.invariants().forget();
        } else {
            shared.holdfast().recover();
            shared.invariants().check();
        }
        shared.holdfast().dismissWorkers();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == Installation.class || type == Servers.class || type == Invariants.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var shared = shared();
        var type = parameter.getParameter().getType();
        return type == Installation.class
                ? shared.holdfast()
                : type == Servers.class ? shared.holdfast().servers() : shared.invariants();
    }

    /** Kept for all classes that this JVM is given, one run after another, and closed at its end. */
    private static Shared shared() {
        return Kept.SHARED;
    }

    private static final class Kept {
        static final Shared SHARED = Shared.start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SHARED::close));
        }
    }

    /** What there is one of. */
    private record Shared(Installation holdfast, Invariants invariants) {
        static Shared start() {
            var holdfast =
                    new Installation(System.getProperty("holdfast.faults.installation", "shared"), Servers.start());
            return new Shared(holdfast, new Invariants(holdfast));
        }

        void close() {
            holdfast.close();
            holdfast.servers().close();
        }
    }
}
