package dev.holdfast.api.web;

import dev.holdfast.api.web.problem.BodyTooLarge;
import dev.holdfast.api.web.problem.BodyTooSlow;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.util.unit.DataSize;

/** A body that ends with {@link BodyTooLarge} where it goes beyond its limit, and with {@link BodyTooSlow} where it takes too long. */
final class LimitedInput extends ServletInputStream {
    private final ServletInputStream body;
    private final DataSize limit;
    private final Clock clock;
    private final Instant end;
    private long seen;

    LimitedInput(ServletInputStream body, DataSize limit, Duration time, Clock clock) {
        this.body = body;
        this.limit = limit;
        this.clock = clock;
        end = clock.instant().plus(time);
    }

    @Override
    public int read() throws IOException {
        int octet = inTime(body::read);
        count(octet < 0 ? 0 : 1);
        return octet;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = inTime(() -> body.read(buffer, offset, length));
        count(Math.max(read, 0));
        return read;
    }

    /** Whoever sends a byte now and then, or none, is not waited for. */
    private int inTime(Read read) throws IOException {
        try {
            int result = read.read();
            if (result >= 0 && clock.instant().isAfter(end)) {
                throw new BodyTooSlow();
            }
            return result;
        } catch (SocketTimeoutException silence) {
            throw new BodyTooSlow(silence);
        }
    }

    private void count(int more) throws BodyTooLarge {
        seen += more;
        if (seen > limit.toBytes()) {
            throw new BodyTooLarge(limit);
        }
    }

    @Override
    public boolean isFinished() {
        return body.isFinished();
    }

    @Override
    public boolean isReady() {
        return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        body.setReadListener(listener);
    }

    /** A read from the connection. */
    private interface Read {
        int read() throws IOException;
    }
}
