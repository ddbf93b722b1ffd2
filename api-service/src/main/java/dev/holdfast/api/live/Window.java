package dev.holdfast.api.live;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/** The newest events in memory, so that a thousand followers of the same news do not ask the database a thousand times. */
final class Window {
    private static final int SIZE = 1000;

    private final ArrayDeque<LiveEvent> events = new ArrayDeque<>();
    /** Everything after this place is in the window. */
    private long floor;

    Window(long floor) {
        this.floor = floor;
    }

    synchronized long newestId() {
        return events.isEmpty() ? floor : events.getLast().id();
    }

    synchronized void add(List<LiveEvent> newer) {
        events.addAll(newer);
        while (events.size() > SIZE) {
            floor = events.removeFirst().id();
        }
    }

    /** The next events after a place; absent when the window does not go back that far. */
    synchronized Optional<List<LiveEvent>> after(long id, int limit) {
        if (id < floor) {
            return Optional.empty();
        }
        return Optional.of(
                events.stream().filter(event -> event.id() > id).limit(limit).toList());
    }
}
