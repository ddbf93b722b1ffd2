package dev.holdfast.common.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.Ordered;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class PeersOnlyTest {
    private static final PeerToken TOKEN = new PeerToken("0123456789abcdef0123456789abcdef");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer 0123456789abcdef0123456789abcdef",
                "bearer 0123456789abcdef0123456789abcdef",
                "Bearer  0123456789abcdef0123456789abcdef "
            })
    void whoever_shows_the_token_gets_in(String authorization) throws Exception {
        assertThat(passes("/internal/v1/doctor", authorization)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "0123456789abcdef0123456789abcdef",
                "Basic 0123456789abcdef0123456789abcdef",
                "Bearer 0123456789abcdef0123456789abcde",
                "Bearer 0123456789abcdef0123456789abcdef0",
                "Bearer 0123456789abcdef0123456789abcdeF",
                "Bearer 0123456789abcdef0123456789abcdef,x"
            })
    void nobody_else_does(String authorization) throws Exception {
        assertThat(passes("/internal/v1/doctor", authorization)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/readiness", "/actuator/health/liveness"})
    void health_is_for_everybody(String path) throws Exception {
        assertThat(passes(path, null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/internal/v1/doctor",
                "/actuator",
                "/actuator/prometheus",
                "/actuator/info",
                "/actuator/healthy",
                "/actuator/health/",
                "/actuator/health/../../internal/v1/doctor",
                "/actuator/health/..;/..;/internal/v1/doctor",
                "/actuator/health/%2e%2e/%2e%2e/internal/v1/doctor",
                "/actuator/health;/../prometheus",
                "//actuator/health",
                "/actuator//health",
                "/actuator/health\n/../prometheus",
                "/Actuator/Health",
                "/internal/v1/doctor;/actuator/health",
                "/internal/v1/doctor?/actuator/health"
            })
    void nothing_else_is_however_it_is_written(String path) throws Exception {
        assertThat(passes(path, null)).isFalse();
    }

    @Test
    void a_refusal_is_a_problem_that_says_nothing_of_what_was_asked_for() throws Exception {
        var request = request("/internal/v1/secret-name", null);
        var response = new MockHttpServletResponse();

        PeersOnly.before(TOKEN).getFilter().doFilter(request, response, new MockFilterChain());

        assertThat(response.getStatus()).isEqualTo(401);
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        assertThat(response.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(response.getContentAsString())
                .contains("\"code\":\"UNAUTHORIZED\"", "\"type\":\"urn:holdfast:problem:unauthorized\"", "\"fix\":\"")
                .doesNotContain("secret-name");
    }

    @Test
    void it_comes_before_all_other_filters() {
        assertThat(PeersOnly.before(TOKEN).getOrder()).isEqualTo(Ordered.HIGHEST_PRECEDENCE);
    }

    private static boolean passes(String path, String authorization) throws Exception {
        var chain = new MockFilterChain();
        PeersOnly.before(TOKEN)
                .getFilter()
                .doFilter(request(path, authorization), new MockHttpServletResponse(), chain);
        return chain.getRequest() != null;
    }

    private static MockHttpServletRequest request(String path, String authorization) {
        var request = new MockHttpServletRequest("GET", path);
        if (authorization != null) {
            request.addHeader("Authorization", authorization);
        }
        return request;
    }
}
