package dev.holdfast.api.web.problem;

import java.io.IOException;
import java.io.Serial;
import org.springframework.util.unit.DataSize;

/** Reading of a body was given up, since it went on beyond what any request needs. */
public final class BodyTooLarge extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    public BodyTooLarge(DataSize limit) {
        super("a body may have " + limit.toBytes() + " bytes");
    }
}
