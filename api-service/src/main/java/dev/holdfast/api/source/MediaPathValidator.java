package dev.holdfast.api.source;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** Decides what is a {@link MediaPath}; an absent one is valid. */
final class MediaPathValidator implements ConstraintValidator<MediaPath, String> {

    @Override
    public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
        return text == null || MediaPaths.isPossible(text);
    }
}
