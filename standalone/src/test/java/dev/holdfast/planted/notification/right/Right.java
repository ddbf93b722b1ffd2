package dev.holdfast.planted.notification.right;

import dev.holdfast.planted.notification.left.Left;

/** Planted: see {@link dev.holdfast.HouseStyleTest}. */
public class Right {
    public Left left() {
        return new Left();
    }
}
