package dev.holdfast.api.source;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** Decides what is a {@link PostgresPassword}; an absent one is valid. */
final class PostgresPasswordValidator implements ConstraintValidator<PostgresPassword, String> {

    @Override
    public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
        return text == null || PostgresTexts.isPassword(text);
    }
}
