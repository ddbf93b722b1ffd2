package dev.holdfast.api.source;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** Decides what is a {@link HostName}; an absent one is valid. */
final class HostNameValidator implements ConstraintValidator<HostName, String> {

    @Override
    public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
        return text == null || HostNames.isPossible(text);
    }
}
