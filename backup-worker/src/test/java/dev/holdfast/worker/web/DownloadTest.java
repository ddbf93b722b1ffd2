package dev.holdfast.worker.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.ETag;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class DownloadTest {
    private static final String DUMP = "PGDMP-0123456789";
    private static final String ETAG = "\"abc\"";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bytes=0-4                                   | PGDMP      | bytes 0-4/16
            BYTES=0-4                                   | PGDMP      | bytes 0-4/16
            bytes=6-                                    | 0123456789 | bytes 6-15/16
            bytes=-4                                    | 6789       | bytes 12-15/16
            bytes=6-1000                                | 0123456789 | bytes 6-15/16
            bytes=6-99999999999999999999999999999999999 | 0123456789 | bytes 6-15/16
            bytes=-99999999999999999999                 | PGDMP-0123456789 | bytes 0-15/16
            bytes=0-4,500-600                           | PGDMP      | bytes 0-4/16
            """)
    void a_range_is_answered_as_far_as_it_is_there(String range, String part, String where) throws Exception {
        var answer = get("Range", range);

        assertThat(answer.getStatus()).isEqualTo(206);
        assertThat(answer.getContentAsString()).isEqualTo(part);
        assertThat(answer.getHeader("Content-Range")).isEqualTo(where);
    }

    @Test
    void several_ranges_come_in_parts() throws Exception {
        var answer = get("Range", "bytes=0-4,-4");

        assertThat(answer.getStatus()).isEqualTo(206);
        assertThat(answer.getContentType()).startsWith("multipart/byteranges");
        assertThat(answer.getContentAsString()).contains("PGDMP", "6789", "bytes 12-15/16");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=",
                "bytes=,",
                "bytes=4-2",
                "bytes=x-y",
                "bytes",
                "lines=0-4",
                "seconds=1-",
                "",
                "bytes=0-,0-,0-"
            })
    void what_is_no_range_of_bytes_is_passed_over(String range) throws Exception {
        assertWhole(get("Range", range));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=16-", "bytes=500-600", "bytes=99999999999999999999-", "bytes=-0"})
    void a_range_beyond_the_end_is_refused_with_the_size(String range) throws Exception {
        var answer = get("Range", range);

        assertThat(answer.getStatus()).isEqualTo(416);
        assertThat(answer.getHeader("Content-Range")).isEqualTo("bytes */16");
        assertThat(answer.getContentAsString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"other\"", "W/\"abc\"", "Sat, 28 Nov 2026 09:00:00 GMT"})
    void a_range_of_another_file_is_answered_with_this_one(String other) throws Exception {
        assertWhole(get("Range", "bytes=6-", "If-Range", other));
    }

    @Test
    void a_range_of_this_file_goes_on() throws Exception {
        assertThat(get("Range", "bytes=6-", "If-Range", ETAG).getStatus()).isEqualTo(206);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"other\"", "W/\"abc\"", "\"other\", \"third\"", "abc"})
    void another_file_than_the_expected_one_is_not_sent(String expected) throws Exception {
        var answer = get("If-Match", expected, "Range", "bytes=6-");

        assertThat(answer.getStatus()).isEqualTo(412);
        assertThat(answer.getContentAsString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {ETAG, "*", "\"other\", \"abc\""})
    void the_expected_file_is_sent(String expected) throws Exception {
        assertWhole(get("If-Match", expected));
    }

    @Test
    void a_file_that_the_client_has_is_not_sent_again() throws Exception {
        var answer = get("If-None-Match", ETAG, "Range", "bytes=0-4");

        assertThat(answer.getStatus()).isEqualTo(304);
        assertThat(answer.getHeader("ETag")).isEqualTo(ETAG);
    }

    @Test
    void head_tells_the_length_of_all() throws Exception {
        var answer = ask("HEAD", "Range", "bytes=0-4");

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getContentLengthLong()).isEqualTo(16);
        assertThat(answer.getContentAsString()).isEmpty();
    }

    private static void assertWhole(MockHttpServletResponse answer) throws IOException {
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getContentAsString()).isEqualTo(DUMP);
        assertThat(answer.getContentLengthLong()).isEqualTo(16);
        assertThat(answer.getHeader("Content-Range")).isNull();
        assertThat(answer.getHeader("ETag")).isEqualTo(ETAG);
        assertThat(answer.getHeader("Accept-Ranges")).isEqualTo("bytes");
    }

    private static MockHttpServletResponse get(String... headers) throws IOException {
        return ask("GET", headers);
    }

    private static MockHttpServletResponse ask(String method, String... headers) throws IOException {
        var request = new MockHttpServletRequest(method, "/");
        for (int at = 0; at < headers.length; at += 2) {
            request.addHeader(headers[at], headers[at + 1]);
        }
        var response = new MockHttpServletResponse();
        new Download(request, response)
                .answer(new ByteArrayResource(DUMP.getBytes(StandardCharsets.US_ASCII)), new ETag("abc", false));
        return response;
    }
}
