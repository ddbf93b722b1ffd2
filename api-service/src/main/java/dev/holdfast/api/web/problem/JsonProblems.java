package dev.holdfast.api.web.problem;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Says what is wrong with a body that could not be read. In our own words: the parser's messages name classes and repeat the input,
 * which may be a password.
 */
final class JsonProblems {
    private JsonProblems() {}

    static ApiProblem of(Throwable unreadable) {
        for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLarge tooLarge) {
                return new ApiProblem(ProblemCode.BODY_TOO_LARGE, String.valueOf(tooLarge.getMessage()));
            }
            if (cause instanceof BodyTooSlow tooSlow) {
                return new ApiProblem(ProblemCode.BODY_TOO_SLOW, String.valueOf(tooSlow.getMessage()));
            }
            if (cause instanceof JacksonException json && !(json.getCause() instanceof IOException)) {
                return of(json);
            }
        }
        return invalidJson("the body is missing or can't be read");
    }

    private static ApiProblem of(JacksonException json) {
        return switch (json) {
            case UnrecognizedPropertyException unknown ->
                ApiProblem.invalid(FieldProblem.at(pointer(json), "there is no such field here", "UNKNOWN_FIELD"));
            case InputCoercionException number ->
                ApiProblem.invalid(
                        FieldProblem.at(streamPointer(number), "the number is too large", FieldProblem.INVALID));
            case StreamConstraintsException limit -> invalidJson("the JSON is too deep, or a part of it too long");
            case StreamReadException malformed -> malformed(malformed);
            case MismatchedInputException mismatch -> mismatched(mismatch);
            case DatabindException other -> notOneObject();
            default -> invalidJson("the body can't be read");
        };
    }

    private static ApiProblem mismatched(MismatchedInputException mismatch) {
        var wanted = mismatch.getTargetType();
        if (mismatch instanceof InvalidFormatException && wanted != null && wanted.isEnum()) {
            return ApiProblem.invalid(FieldProblem.at(pointer(mismatch), choices(wanted), FieldProblem.INVALID));
        }
        return mismatch.getPath().isEmpty()
                ? notOneObject()
                : ApiProblem.invalid(FieldProblem.at(pointer(mismatch), expected(mismatch), "WRONG_TYPE"));
    }

    private static ApiProblem notOneObject() {
        return invalidJson("the body must be one JSON object, and nothing after it");
    }

    private static ApiProblem malformed(StreamReadException malformed) {
        var duplicate = String.valueOf(malformed.getOriginalMessage()).startsWith("Duplicate");
        if (duplicate) {
            return ApiProblem.invalid(
                    FieldProblem.at(streamPointer(malformed), "the field is there twice", "DUPLICATE_FIELD"));
        }
        var location = malformed.getLocation();
        return invalidJson(
                location == null
                        ? "this is not JSON"
                        : "this is not JSON, at line %d, column %d"
                                .formatted(location.getLineNr(), location.getColumnNr()));
    }

    private static ApiProblem invalidJson(String detail) {
        return new ApiProblem(
                ProblemCode.INVALID_JSON, detail, FieldProblem.at("", detail, ProblemCode.INVALID_JSON.name()));
    }

    private static String pointer(JacksonException json) {
        return json.getPath().stream()
                .map(step -> "/"
                        + (step.getPropertyName() == null
                                ? String.valueOf(step.getIndex())
                                : escape(step.getPropertyName())))
                .collect(Collectors.joining());
    }

    private static String streamPointer(JacksonException json) {
        return json.processor() instanceof JsonParser parser
                ? parser.streamReadContext().pathAsPointer().toString()
                : pointer(json);
    }

    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static String choices(Class<?> type) {
        return Arrays.stream(type.getFields())
                .map(constant -> constant.getAnnotation(JsonProperty.class))
                .filter(name -> name != null)
                .map(JsonProperty::value)
                .collect(Collectors.joining(", ", "must be one of: ", ""));
    }

    private static String expected(MismatchedInputException mismatch) {
        var type = mismatch.getTargetType();
        if (type == null) {
            return "has the wrong type";
        }
        if (Number.class.isAssignableFrom(type)) {
            return "must be a whole number";
        }
        if (type == Boolean.class) {
            return "must be true or false";
        }
        if (List.class.isAssignableFrom(type)) {
            return "must be an array";
        }
        return type == String.class || type.isEnum() ? "must be a string" : "must be an object";
    }
}
