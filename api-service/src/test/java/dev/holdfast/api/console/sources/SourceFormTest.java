package dev.holdfast.api.console.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.event.SslMode;
import org.junit.jupiter.api.Test;

class SourceFormTest {

    @Test
    void an_address_counts_before_the_fields_and_names_the_source_after_its_database() {
        var form = form("postgresql://me:secret@db:6432/shop?sslmode=verify-full", "", "")
                .resolved();

        var request = form.request(null);

        assertThat(request.name()).isEqualTo("shop");
        assertThat(request.host()).isEqualTo("db");
        assertThat(request.port()).isEqualTo(6432);
        assertThat(request.username()).isEqualTo("me");
        assertThat(request.password()).isEqualTo("secret");
        assertThat(request.sslMode()).isEqualTo(SslMode.VERIFY_FULL);
    }

    @Test
    void a_password_beside_an_address_without_one_is_the_addresss() {
        assertThat(form("postgresql://me@db/shop", "", "beside")
                        .resolved()
                        .request(null)
                        .password())
                .isEqualTo("beside");
    }

    @Test
    void nothing_that_may_be_secret_goes_back_or_is_logged() {
        var form = form("postgresql://me:secret@db/shop", "n", "secret");

        assertThat(form.withoutSecrets().address()).isEmpty();
        assertThat(form.withoutSecrets().password()).isEmpty();
        assertThat(form.toString()).doesNotContain("secret");
    }

    @Test
    void a_database_with_a_name_that_a_source_may_not_have_gets_one_that_it_may() {
        assertThat(form("host=db user=me dbname='  " + "x".repeat(300) + "'", "", "")
                        .resolved()
                        .name())
                .isEqualTo("x".repeat(190));
    }

    private static SourceForm form(String address, String name, String password) {
        return new SourceForm(address, name, "ignored", "1", "ignored", "ignored", password, null, "prefer", "", "");
    }
}
