package dev.holdfast.planted.api.send;

import org.springframework.beans.factory.annotation.Value;

/** Planted: see {@link dev.holdfast.HouseStyleTest}. */
class ValueInjected {
    final int limit;

    ValueInjected(@Value("${limit}") int limit) {
        this.limit = limit;
    }
}
