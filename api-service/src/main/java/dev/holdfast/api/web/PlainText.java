package dev.holdfast.api.web;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Text that is safe to show and to log: no control characters, no line separators, no halves of characters, nothing that turns the
 * direction of writing; in a text of one line, such as a name, nothing invisible either. Unusual is fine. An absent text is valid.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = PlainTextValidator.class)
public @interface PlainText {
    /** In characters, not in bytes. */
    int min() default 1;

    int max() default 200;

    /** Whether it may have several lines, and tabs. */
    boolean lines() default false;

    /** Whether it may begin or end with white space. */
    boolean outerSpace() default false;

    String message() default "is not possible as a text here";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
