package dev.holdfast.api.backup;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A JSON object that is small enough to travel in every event of a backup, and that every database and program can keep as it is. */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = AppMetadataValidator.class)
@interface AppMetadata {
    String message() default "is not possible as metadata";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
