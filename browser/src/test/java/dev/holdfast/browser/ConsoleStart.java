package dev.holdfast.browser;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one {@link Console}, started for the first and closed after the last; without a browser there are no tests. */
final class ConsoleStart implements ParameterResolver, ExecutionCondition {
    private static final Namespace NAMESPACE = Namespace.create(Console.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Chromium.find().isPresent()) {
            return ConditionEvaluationResult.enabled("there is a browser");
        }
        if (Chromium.isDemanded()) {
            throw new IllegalStateException("browser tests are demanded, but there is no Chromium or Chrome here");
        }
        return ConditionEvaluationResult.disabled("there is no Chromium or Chrome here: install one (Debian, Ubuntu:"
                + " apt-get install chromium), or set HOLDFAST_CHROMIUM to its path");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Console.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // AutoCloseable values of the root store are closed when all tests are done.
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(Console.class, type -> start(), Console.class);
    }

    private static Console start() {
        var chromium = Chromium.find();
        Assumptions.assumeTrue(chromium.isPresent());
        try {
            return Console.start(chromium.orElseThrow());
        } catch (IOException | SQLException | GeneralSecurityException e) {
            throw new IllegalStateException("the product did not start", e);
        }
    }
}
