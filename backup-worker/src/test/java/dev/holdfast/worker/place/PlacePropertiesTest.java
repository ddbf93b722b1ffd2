package dev.holdfast.worker.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PlacePropertiesTest {

    @Test
    void nothing_needs_to_be_set() {
        assertThat(bind(Map.of())).isEqualTo(new PlaceProperties(null, null, null, null));
        assertThat(Place.of(bind(Map.of("holdfast.place.kind", "plain")))).isEqualTo(Place.plain());
    }

    @Test
    void every_key_is_bound() {
        assertThat(Place.of(bind(Map.of(
                        "holdfast.place.kind", "compose",
                        "holdfast.place.project", "holdfast",
                        "holdfast.place.service", "backup-worker",
                        "holdfast.place.volume", "holdfast_backup_files"))))
                .isEqualTo(Places.compose());
    }

    @Test
    void an_empty_variable_is_none() {
        assertThat(Place.of(bind(Map.of("holdfast.place.kind", "docker", "holdfast.place.volume", "")))
                        .volume())
                .isEmpty();
    }

    private static PlaceProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("holdfast.place", PlaceProperties.class);
    }
}
