package dev.holdfast.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.RunningApi;
import org.junit.jupiter.api.Test;

class FrontPageIT {
    private static final String BACKUP = "/backups/01890a5d-ac96-774b-bcce-b302099a8057";

    private final RunningApi api = RunningApi.shared();

    @Test
    void the_address_in_an_alert_leads_to_the_backups_record() {
        var answer = api.get(BACKUP);

        assertThat(answer.status()).isEqualTo(307);
        assertThat(answer.header("location")).endsWith("/api/v1" + BACKUP);
    }

    @Test
    void what_is_no_id_leads_nowhere() {
        assertThat(api.get("/backups/x").status()).isEqualTo(404);
    }
}
