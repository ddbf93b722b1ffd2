package dev.holdfast.api.source;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A host name (internationalised ones too) or an IP address, and nothing that a connection string would read as more than that. */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = HostNameValidator.class)
@interface HostName {
    String message() default "must be a host name or an IP address, without port, path or spaces";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
