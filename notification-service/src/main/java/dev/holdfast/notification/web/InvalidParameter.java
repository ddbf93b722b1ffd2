package dev.holdfast.notification.web;

/**
 * What is wrong with one query parameter, in the words of the api-service, which passes it through.
 *
 * @param message what is wrong and what would be right
 * @param code stable, for programs
 */
public record InvalidParameter(String parameter, String message, String code) {

    static InvalidParameter unknown(String parameter, String message) {
        return new InvalidParameter(parameter, message, "UNKNOWN_PARAMETER");
    }

    static InvalidParameter value(String parameter, String message) {
        return new InvalidParameter(parameter, message, "INVALID_VALUE");
    }
}
