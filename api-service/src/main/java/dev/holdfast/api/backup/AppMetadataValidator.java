package dev.holdfast.api.backup;

import dev.holdfast.api.web.Characters;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides what is {@link AppMetadata}; an absent one is valid. */
final class AppMetadataValidator implements ConstraintValidator<AppMetadata, Map<String, Object>> {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_BYTES = 16 * 1024;
    private static final int MAX_DIGITS = 100;
    private static final int MAX_EXPONENT = 300;

    @Override
    public boolean isValid(@Nullable Map<String, Object> metadata, ConstraintValidatorContext context) {
        var fault = metadata == null ? Optional.<String>empty() : fault(metadata);
        fault.ifPresent(message -> {
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(message).addConstraintViolation();
        });
        return fault.isEmpty();
    }

    private static Optional<String> fault(Map<String, Object> metadata) {
        if (!isShallow(metadata, MAX_DEPTH)) {
            return Optional.of("must not be deeper than " + MAX_DEPTH + " levels");
        }
        if (size(metadata) > MAX_BYTES) {
            return Optional.of("must not have more than " + MAX_BYTES + " bytes");
        }
        return isKeepable(metadata)
                ? Optional.empty()
                : Optional.of("must not have NUL or broken characters, or numbers beyond every database");
    }

    private static boolean isShallow(@Nullable Object value, int levels) {
        if (value == null) {
            return true;
        }
        return switch (value) {
            case Map<?, ?> object ->
                levels > 0 && object.values().stream().allMatch(part -> isShallow(part, levels - 1));
            case List<?> array -> levels > 0 && array.stream().allMatch(part -> isShallow(part, levels - 1));
            default -> true;
        };
    }

    /** About what it has as JSON; what needs escaping counts once. */
    private static long size(@Nullable Object value) {
        if (value == null) {
            return 4;
        }
        return switch (value) {
            case Map<?, ?> object ->
                object.entrySet().stream()
                        .mapToLong(entry -> size(entry.getKey()) + size(entry.getValue()) + 2)
                        .sum();
            case List<?> array ->
                array.stream().mapToLong(part -> size(part) + 1).sum();
            default -> String.valueOf(value).getBytes(StandardCharsets.UTF_8).length + 2L;
        };
    }

    private static boolean isKeepable(@Nullable Object value) {
        if (value == null) {
            return true;
        }
        return switch (value) {
            case Map<?, ?> object ->
                object.entrySet().stream()
                        .allMatch(entry -> isKeepable(entry.getKey()) && isKeepable(entry.getValue()));
            case List<?> array -> array.stream().allMatch(AppMetadataValidator::isKeepable);
            case String text -> text.codePoints().noneMatch(at -> at == 0 || Characters.isLoneSurrogate(at));
            case BigInteger number -> number.bitLength() < MAX_DIGITS * 3;
            case BigDecimal number ->
                number.precision() <= MAX_DIGITS && Math.abs((long) number.scale()) <= MAX_EXPONENT;
            default -> true;
        };
    }
}
