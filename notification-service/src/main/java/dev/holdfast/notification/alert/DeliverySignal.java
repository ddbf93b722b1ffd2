package dev.holdfast.notification.alert;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/** Wakes those who send, the moment something is there to be sent. */
@Component
class DeliverySignal {
    private final List<Semaphore> waiting = new CopyOnWriteArrayList<>();

    /** What one of them waits on. */
    Semaphore join() {
        var bell = new Semaphore(0);
        waiting.add(bell);
        return bell;
    }

    void leave(Semaphore bell) {
        waiting.remove(bell);
    }

    void wake() {
        waiting.forEach(Semaphore::release);
    }
}
