package dev.holdfast.common.id;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.util.UUID;

/** Makes time-ordered UUIDs (version 7, RFC 9562 section 5.7), so that indexes grow at their end. */
public final class Uuids {
    private static final NoArgGenerator GENERATOR = Generators.timeBasedEpochRandomGenerator();

    private Uuids() {}

    /** A new UUIDv7; ids made later sort after it, to the millisecond. */
    public static UUID next() {
        return GENERATOR.generate();
    }
}
