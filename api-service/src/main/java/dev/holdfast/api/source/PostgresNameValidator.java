package dev.holdfast.api.source;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** Decides what is a {@link PostgresName}; an absent one is valid. */
final class PostgresNameValidator implements ConstraintValidator<PostgresName, String> {

    @Override
    public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
        return text == null || PostgresTexts.isName(text);
    }
}
