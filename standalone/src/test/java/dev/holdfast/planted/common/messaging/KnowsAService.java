package dev.holdfast.planted.common.messaging;

import dev.holdfast.planted.notification.left.Left;
import java.util.List;

/** Planted: see {@link dev.holdfast.HouseStyleTest}. */
class KnowsAService {
    List<Left> known() {
        return List.of(new Left());
    }
}
