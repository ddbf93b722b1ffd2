package dev.holdfast.planted.api.send;

import org.springframework.util.ObjectUtils;

/** Planted: see {@link dev.holdfast.HouseStyleTest}. */
class UtilityUser {
    boolean missing(Object value) {
        return ObjectUtils.isEmpty(value);
    }
}
