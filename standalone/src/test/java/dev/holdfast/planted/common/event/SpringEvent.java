package dev.holdfast.planted.common.event;

import org.springframework.context.ApplicationEvent;

/** Planted: see {@link dev.holdfast.HouseStyleTest}. */
class SpringEvent extends ApplicationEvent {
    private static final long serialVersionUID = 1;

    SpringEvent(Object source) {
        super(source);
    }
}
