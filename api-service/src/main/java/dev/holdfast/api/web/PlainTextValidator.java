package dev.holdfast.api.web;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides what is {@link PlainText}. */
public final class PlainTextValidator implements ConstraintValidator<PlainText, String> {
    private int min;
    private int max;
    private boolean lines;
    private boolean outerSpace;

    @Override
    public void initialize(PlainText constraint) {
        min = constraint.min();
        max = constraint.max();
        lines = constraint.lines();
        outerSpace = constraint.outerSpace();
    }

    @Override
    public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
        var fault = text == null ? Optional.<String>empty() : fault(text);
        fault.ifPresent(message -> {
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(message).addConstraintViolation();
        });
        return fault.isEmpty();
    }

    private Optional<String> fault(String text) {
        int length = text.codePointCount(0, text.length());
        if (length < min || length > max) {
            return Optional.of("must have %d to %d characters".formatted(min, max));
        }
        if (text.codePoints().anyMatch(this::isRefused)) {
            return Optional.of(
                    "must not have control characters, broken or invisible ones, or ones that turn the direction");
        }
        if (!outerSpace && !text.isEmpty() && hasOuterSpace(text)) {
            return Optional.of("must not begin or end with white space");
        }
        return Optional.empty();
    }

    private boolean isRefused(int character) {
        if (lines && (character == '\n' || character == '\r' || character == '\t')) {
            return false;
        }
        return Characters.isControl(character)
                || Characters.isLoneSurrogate(character)
                || Characters.isSeparator(character)
                || Characters.turnsDirection(character)
                || (!lines && Characters.isInvisible(character));
    }

    private static boolean hasOuterSpace(String text) {
        return Characters.isSpace(text.codePointAt(0)) || Characters.isSpace(text.codePointBefore(text.length()));
    }
}
