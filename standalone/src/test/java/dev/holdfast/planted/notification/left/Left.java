package dev.holdfast.planted.notification.left;

import dev.holdfast.planted.notification.right.Right;

/** Planted: see {@link dev.holdfast.HouseStyleTest}. */
public class Left {
    public Right right() {
        return new Right();
    }
}
