package dev.holdfast.api.source;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A password that fits into libpq's service file, which ends at a line's end; empty where the server asks for none. */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = PostgresPasswordValidator.class)
@interface PostgresPassword {
    String message() default "must have at most 1000 characters and no control characters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
