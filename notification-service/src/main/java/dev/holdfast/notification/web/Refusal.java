package dev.holdfast.notification.web;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** A request that can't be done as things are, with what to do about it. */
public final class Refusal {
    /** Of a problem: what the client can do. */
    static final String FIX = "fix";

    private Refusal() {}

    /** @param fix what to type, or to wait for */
    public static ResponseStatusException conflict(String detail, String fix) {
        return of(HttpStatus.CONFLICT, detail, fix);
    }

    /** @param fix where what there is can be seen */
    public static ResponseStatusException notFound(String detail, String fix) {
        return of(HttpStatus.NOT_FOUND, detail, fix);
    }

    private static ResponseStatusException of(HttpStatus status, String detail, String fix) {
        var refusal = new ResponseStatusException(status, detail);
        refusal.getBody().setProperty(FIX, fix);
        return refusal;
    }
}
