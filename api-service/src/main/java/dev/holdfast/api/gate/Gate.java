package dev.holdfast.api.gate;

import dev.holdfast.api.access.AccessProperties;
import dev.holdfast.api.access.Refusals;
import dev.holdfast.api.access.RouteAccess;
import dev.holdfast.api.account.BearerTokens;
import dev.holdfast.api.account.ProviderAccounts;
import dev.holdfast.api.account.SignInHandlers;
import dev.holdfast.api.account.SignInRecord;
import jakarta.servlet.DispatcherType;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** What every request goes through: who it is from, whether a page of ours made it, whether the caller may, how often, in that order. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessProperties.class)
class Gate {
    /** No script and no style but our files; nothing from elsewhere; in nobody's frame. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none';"
            + " base-uri 'none'";

    @Bean
    SecurityFilterChain chain(
            HttpSecurity http,
            RouteAccess access,
            Refusals refusals,
            BearerTokens tokens,
            SignInHandlers handlers,
            SignInRecord record,
            SessionLimit sessionLimit,
            RequestRate rate,
            ObjectProvider<ClientRegistrationRepository> providers,
            ProviderAccounts providerAccounts) {
        http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                        .permitAll()
                        .anyRequest()
                        .access(access))
                .addFilterBefore(tokens, UsernamePasswordAuthenticationFilter.class)
                .addFilterBefore(sessionLimit, BearerTokens.class)
                .addFilterBefore(rate, AuthorizationFilter.class)
                .formLogin(form ->
                        form.loginPage("/sign-in").successHandler(handlers).failureHandler(handlers))
                .logout(out -> out.logoutRequestMatcher(
                                PathPatternRequestMatcher.pathPattern(HttpMethod.POST, "/sign-out"))
                        .addLogoutHandler((request, response, who) -> {
                            if (who != null) {
                                record.left(request, who);
                            }
                        })
                        .logoutSuccessUrl("/sign-in?out"))
                .csrf(csrf -> csrf.ignoringRequestMatchers(BearerTokens::isMarked))
                .requestCache(cache -> cache.requestCache(pagesOnly()))
                .anonymous(anonymous -> {})
                .httpBasic(basic -> basic.disable())
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .headers(Gate::headers);
        if (providers.getIfAvailable() != null) {
            http.oauth2Login(login -> login.loginPage("/sign-in")
                    .userInfoEndpoint(user -> user.oidcUserService(providerAccounts))
                    .successHandler(handlers)
                    .failureHandler(handlers)
                    .withObjectPostProcessor(silentProviders(handlers)));
        }
        return http.build();
    }

    /** By default that would be an error of ours, and no page to sign in by other means. */
    private static ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> silentProviders(
            SignInHandlers handlers) {
        return new ObjectPostProcessor<>() {
            @Override
            public <F extends OAuth2AuthorizationRequestRedirectFilter> F postProcess(F filter) {
                filter.setAuthenticationFailureHandler(handlers::onProviderSilent);
                return filter;
            }
        };
    }

    /** Artifacts may have any name; what looks like a way around a pattern stays refused. */
    @Bean
    static HttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowUrlEncodedPercent(true);
        return firewall;
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                .frameOptions(frame -> frame.deny())
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .crossOriginResourcePolicy(resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(permissions -> permissions.policy("camera=(), microphone=(), geolocation=()"));
    }

    /** Where somebody goes on after signing in: to a page, never to a part of one or to an answer for programs. */
    @SuppressWarnings("NullAway") // null is how one says none, though the setter is not marked so
    private static HttpSessionRequestCache pagesOnly() {
        var html = new MediaTypeRequestMatcher(MediaType.TEXT_HTML);
        html.setUseEquals(true);
        var cache = new HttpSessionRequestCache();
        // What is asked for afterwards is what was asked for before, and nothing more.
        cache.setMatchingRequestParameterName(null);
        RequestMatcher fetched = request -> request.getHeader("HX-Request") != null;
        cache.setRequestMatcher(new AndRequestMatcher(
                PathPatternRequestMatcher.pathPattern(HttpMethod.GET, "/**"),
                new NegatedRequestMatcher(PathPatternRequestMatcher.pathPattern("/api/**")),
                new NegatedRequestMatcher(fetched),
                html));
        return cache;
    }

    /** These are parts of the chain, and not filters of the container beside it. */
    @Bean
    static FilterRegistrationBean<BearerTokens> tokensOnlyInTheChain(BearerTokens filter) {
        return inTheChain(filter);
    }

    @Bean
    static FilterRegistrationBean<SessionLimit> sessionLimitOnlyInTheChain(SessionLimit filter) {
        return inTheChain(filter);
    }

    @Bean
    static FilterRegistrationBean<RequestRate> requestRateOnlyInTheChain(RequestRate filter) {
        return inTheChain(filter);
    }

    private static <T extends jakarta.servlet.Filter> FilterRegistrationBean<T> inTheChain(T filter) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setEnabled(false);
        return registration;
    }
}
