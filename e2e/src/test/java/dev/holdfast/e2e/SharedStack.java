package dev.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives every class that asks for a {@link Stack} the same one, healthy when a class begins: to start five containers costs more than
 * most tests. A class that breaks it has to repair it.
 */
final class SharedStack implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SharedStack.class);

    /** What runs, and is stopped after the last test. */
    private record Running(Stack stack, Shop shop) implements AutoCloseable {
        static Running start() {
            try {
                var stack = Stack.prepare("hf-e2e", Files.createTempDirectory("holdfast-e2e"));
                var shop = stack.start();
                stack.rest().haveSource("shop");
                return new Running(stack, shop);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            shop.close();
            stack.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stack.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Running.class, type -> Running.start(), Running.class)
                .stack();
    }
}
