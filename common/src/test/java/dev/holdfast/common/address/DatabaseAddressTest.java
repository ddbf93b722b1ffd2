package dev.holdfast.common.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "postgresql://u:p@h:5433/d             | u | p | h | 5433 | d | ",
                "postgres://u:p@h/d                    | u | p | h | 5432 | d | ",
                "POSTGRESQL://u:p@h/d                  | u | p | h | 5432 | d | ",
                "postgresql://u@h/d                    | u |   | h | 5432 | d | ",
                "postgresql://u:@h/d                   | u |   | h | 5432 | d | ",
                "postgresql://u:p@h:/d                 | u | p | h | 5432 | d | ",
                "postgresql://u:p@[::1]:5433/d         | u | p | ::1 | 5433 | d | ",
                "postgresql://u:p@[fe80::1%25eth0]/d   | u | p | fe80::1%eth0 | 5432 | d | ",
                "postgresql://u:p@h/d?sslmode=require  | u | p | h | 5432 | d | require",
                "postgresql://u%40x:p%3A%2F%3F@h/d     | u@x | p:/? | h | 5432 | d | ",
                "postgresql://u:p@ss:w@rd@h/d          | u | p@ss:w@rd | h | 5432 | d | ",
                "postgresql://u:a+b@h/d                | u | a+b | h | 5432 | d | ",
                "postgresql://u:p@h/-Fc                | u | p | h | 5432 | -Fc | ",
                "postgresql://u:p@h/a'b\"c%20d         | u | p | h | 5432 | a'b\"c d | ",
                "postgresql://u:p@h/x;touch%20/tmp/pwn | u | p | h | 5432 | x;touch /tmp/pwn | ",
                "postgresql://u:p@h/dbname=src%20host=/x | u | p | h | 5432 | dbname=src host=/x | ",
                "postgresql://u:p@h/%F0%9F%92%BE       | u | p | h | 5432 | 💾 | ",
                "postgresql://u:p@h/💾                 | u | p | h | 5432 | 💾 | ",
                "postgresql://h/d?user=u&password=p    | u | p | h | 5432 | d | ",
                "postgresql:///d?host=h&port=5433&user=u&password=p | u | p | h | 5433 | d | ",
                "postgresql://u:p@h?dbname=d           | u | p | h | 5432 | d | ",
                "jdbc:postgresql://h:5433/d?user=u&password=p | u | p | h | 5433 | d | ",
                "postgresql+psycopg2://u:p@h/d         | u | p | h | 5432 | d | ",
                "host=h port=5433 dbname=d user=u password=p sslmode=require | u | p | h | 5433 | d | require",
                "host = h dbname = d user = u          | u |   | h | 5432 | d | ",
                "host=::1 dbname='my shop' user=u password='it\\'s'| u | it's | ::1 | 5432 | my shop | ",
                "host=h dbname=d user=u password=a\\ b | u | a b | h | 5432 | d | ",
            })
    void reads_what_people_have_in_their_settings(
            String url,
            String username,
            @Nullable String password,
            String host,
            int port,
            String database,
            @Nullable String sslMode) {
        assertThat(DatabaseAddress.parse(url))
                .isEqualTo(new DatabaseAddress(host, port, database, username, password, sslMode, List.of()));
    }

    @Test
    void says_which_parameters_mean_nothing_here() {
        var url = DatabaseAddress.parse("postgresql://u:p@h/d?schema=public&sslmode=prefer&connect_timeout=10");

        assertThat(url.ignored()).containsExactly("schema", "connect_timeout");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "mysql://u:tiger@h/d              | must begin with postgresql://",
                "h:5432/d                         | must begin with postgresql://",
                "postgresql://:tiger@h/d          | names no user",
                "postgresql://h/d                 | names no user",
                "postgresql://u:tiger@h           | names no database",
                "postgresql://u:tiger@h/          | names no database",
                "postgresql://u:tiger@/d          | names no host",
                "postgresql://u:tiger@h:0/d       | port must be from 1 to 65535",
                "postgresql://u:tiger@h:99999/d   | port must be from 1 to 65535",
                "postgresql://u:tiger@h:tiger/d   | port is no number",
                "postgresql://u:tiger@h:-1/d      | port is no number",
                "postgresql://u:tiger@::1/d       | must stand in brackets",
                "postgresql://u:tiger@[::1/d      | is not closed",
                "postgresql://u:tiger@[::1]x/d    | comes : and the port",
                "postgresql://u:tiger@a,b/d       | several hosts",
                "postgresql://u:tiger@%2Frun/d    | Unix socket",
                "postgresql://u:tiger%zz@h/d      | two hex digits",
                "postgresql://u:tiger%4@h/d       | two hex digits",
                "postgresql://u:tiger%00@h/d      | no password can have",
                "postgresql://u:tiger%ff@h/d      | not UTF-8",
                "postgresql://u:tiger@h/d?sslmode=on | sslmode must be one of",
                "postgresql://u:tiger@h/d?tiger   | name=value",
                "postgresql://u:tiger@h/d?host=a,b | several hosts",
                "postgresql://u:tiger@[::1],[::2]/d | several hosts",
                "host=a,b dbname=d user=u password=tiger | several hosts",
                "host=/run dbname=d user=u password=tiger | Unix socket",
                "host=h dbname=d password=tiger   | names no user",
                "host=h dbname=d user=u password=tiger and more | name=value",
                "host=h dbname=d user=u password='tiger | is not closed",
                "host=h dbname=d user=u password=tiger port=x | port is no number",
            })
    void says_in_one_line_what_is_wrong_and_keeps_the_password_to_itself(String url, String reason) {
        assertThatExceptionOfType(UnreadableAddress.class)
                .isThrownBy(() -> DatabaseAddress.parse(url))
                .withMessageContaining(reason)
                .withMessageNotContaining("tiger")
                .extracting(Throwable::getMessage)
                .asString()
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://u:tiger@h/d", "postgresql://u:p@tiger@h/d?password=tiger"})
    void does_not_show_the_password(String url) {
        assertThat(DatabaseAddress.parse(url).toString())
                .doesNotContain("tiger")
                .contains("d on h:5432 as u");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://u:p@ss/w:tiger@h:5432/d", "postgresql://u:p@x/tiger@h/d"})
    void a_password_that_would_end_up_in_the_name_of_the_database_is_refused(String text) {
        assertThatExceptionOfType(UnreadableAddress.class)
                .isThrownBy(() -> DatabaseAddress.parse(text))
                .withMessageContaining("%2F")
                .withMessageNotContaining("tiger");
    }
}
