package dev.holdfast.planted.api.send;

import java.time.Clock;
import org.springframework.beans.factory.annotation.Autowired;

/** Planted: see {@link dev.holdfast.HouseStyleTest}. */
class FieldInjected {
    @Autowired
    Clock clock;
}
