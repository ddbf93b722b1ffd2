package dev.holdfast.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OpenApiIT {
    private static final Path CHECKED_IN = Path.of("../docs/openapi.yaml");

    @Test
    void the_served_description_is_the_one_that_is_checked_in() throws IOException {
        var served = RunningApi.shared().get("/v3/api-docs.yaml").text();
        if (Boolean.getBoolean("holdfast.update-openapi")) {
            Files.writeString(CHECKED_IN, served);
        }

        assertThat(served)
                .as("after a wanted change: mvn -pl api-service -am verify -Dit.test=OpenApiIT"
                        + " -Dfailsafe.failIfNoSpecifiedTests=false -Dholdfast.update-openapi=true")
                .isEqualTo(Files.exists(CHECKED_IN) ? Files.readString(CHECKED_IN) : "");
    }
}
