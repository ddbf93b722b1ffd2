package dev.holdfast.api.console.access;

import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Addresses that people pass on, and that therefore say which Holdfast they are of. */
@Component
class Origin {

    /** The whole address of a path, as the browser at hand reaches this Holdfast. */
    String of(String path) {
        return ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString() + path;
    }
}
