package dev.holdfast.api.source;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name of a database or a role as PostgreSQL keeps it: any characters but control ones. A longer name would be cut by the server. */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = PostgresNameValidator.class)
@interface PostgresName {
    String message() default "must have 1 to 63 bytes in UTF-8 and no control characters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
