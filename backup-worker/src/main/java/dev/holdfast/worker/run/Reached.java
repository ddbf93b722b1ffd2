package dev.holdfast.worker.run;

import dev.holdfast.worker.source.SourceAccess;
import dev.holdfast.worker.source.SourceSession;

/** A source's database with an open session to it. */
record Reached(SourceAccess access, SourceSession session) implements AutoCloseable {

    @Override
    public void close() {
        session.close();
    }
}
