package dev.holdfast.worker.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRange;
import org.springframework.http.MediaType;
import org.springframework.http.converter.ResourceHttpMessageConverter;
import org.springframework.http.converter.ResourceRegionHttpMessageConverter;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * Answers what a request asks of a file: all of it, ranges of it, or that only if it is a certain one (RFC 9110, sections 13 and 14).
 * Spring's own handling knows neither If-Range nor, for reading, If-Match, and refuses ranges that are to be passed over: whoever
 * resumes a download would join parts of two files.
 */
final class Download {
    private static final ResourceHttpMessageConverter WHOLE = new ResourceHttpMessageConverter();
    private static final ResourceRegionHttpMessageConverter PARTS = new ResourceRegionHttpMessageConverter();

    /** A position that no number of Java's holds is beyond the end of any file, as this one is. */
    private static final Pattern TOO_LONG = Pattern.compile("[1-9]\\d{18,}");

    private static final String BEYOND_ANY_END = "9".repeat(18);

    private final HttpServletRequest request;
    private final HttpServletResponse response;

    Download(HttpServletRequest request, HttpServletResponse response) {
        this.request = request;
        this.response = response;
    }

    void answer(Resource file, ETag etag) throws IOException {
        if (!isExpected(etag)) {
            response.setStatus(HttpServletResponse.SC_PRECONDITION_FAILED);
        } else if (!new ServletWebRequest(request, response).checkNotModified(etag.formattedTag())) {
            response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
            send(file, ranges(etag));
        }
    }

    private boolean isExpected(ETag etag) {
        var expected = Collections.list(request.getHeaders(HttpHeaders.IF_MATCH));
        return expected.isEmpty()
                || expected.stream()
                        .flatMap(list -> ETag.parse(list).stream())
                        .anyMatch(one -> one.isWildcard() || one.compare(etag, true));
    }

    /** Empty for the whole file: no range is asked for, of another file than this one, or not as RFC 9110 has it. */
    private List<HttpRange> ranges(ETag etag) {
        var asked = request.getHeader(HttpHeaders.RANGE);
        var ofFile = request.getHeader(HttpHeaders.IF_RANGE);
        if (asked == null
                || !HttpMethod.GET.matches(request.getMethod())
                || (ofFile != null && !ofFile.strip().equals(etag.formattedTag()))) {
            return List.of();
        }
        try {
            return HttpRange.parseRanges(
                    TOO_LONG.matcher(asked.toLowerCase(Locale.ROOT)).replaceAll(BEYOND_ANY_END));
        } catch (IllegalArgumentException invalid) {
            return List.of();
        }
    }

    private void send(Resource file, List<HttpRange> ranges) throws IOException {
        long size = file.contentLength();
        var there = ranges.stream()
                .filter(range -> range.getRangeStart(size) < size)
                .toList();
        var output = new ServletServerHttpResponse(response);
        if (HttpMethod.HEAD.matches(request.getMethod())) {
            response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
            response.setContentLengthLong(size);
        } else if (ranges.isEmpty() || areNoLessThanAll(there, size)) {
            WHOLE.write(file, MediaType.APPLICATION_OCTET_STREAM, output);
        } else if (there.isEmpty()) {
            response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
            response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
        } else {
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            PARTS.write(HttpRange.toResourceRegions(there, file), MediaType.APPLICATION_OCTET_STREAM, output);
        }
    }

    /** Overlapping ranges could have a file sent a hundred times. */
    private static boolean areNoLessThanAll(List<HttpRange> ranges, long size) {
        return ranges.size() > 1
                && ranges.stream()
                                .mapToLong(range -> range.getRangeEnd(size) - range.getRangeStart(size) + 1)
                                .sum()
                        >= size;
    }
}
