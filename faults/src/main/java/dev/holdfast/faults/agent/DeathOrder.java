package dev.holdfast.faults.agent;

/**
 * Where a process is to die.
 *
 * @param nth the how manyth time that the point is reached, from 1
 * @param delayMillis how long after it, while the code goes on; 0 for exactly there
 */
public record DeathOrder(Failpoint point, int nth, long delayMillis) {

    /** Reads what {@link #toString()} writes. */
    public static DeathOrder parse(String text) {
        var parts = text.split(" ", -1);
        return new DeathOrder(Failpoint.parse(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
    }

    @Override
    public String toString() {
        return point + " " + nth + " " + delayMillis;
    }
}
