package dev.holdfast.api.source;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An absolute path of a directory that says the same place whoever reads it. */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = MediaPathValidator.class)
@interface MediaPath {
    String message() default "must be an absolute path without '.', '..', '//' or a slash at its end";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
