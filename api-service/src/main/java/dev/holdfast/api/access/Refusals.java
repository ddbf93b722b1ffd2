package dev.holdfast.api.access;

import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.Browser;
import dev.holdfast.api.web.problem.ProblemCode;
import dev.holdfast.api.web.problem.ProblemWriter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/** Says no: to a program by a problem, to a person at a browser by the page where they can sign in, or by a page that says why. */
@Component
public final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {
    private static final String SIGN_IN = "/sign-in";

    private final Routes routes;

    Refusals(Routes routes) {
        this.routes = routes;
    }

    /** Nobody has signed in, or the token is none of ours. */
    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, @Nullable AuthenticationException refusal)
            throws IOException {
        if (Browser.isAsking(request) || Browser.isFollowingLink(request)) {
            toSignIn(request, response);
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"holdfast\"");
        var detail = request.getHeader(HttpHeaders.AUTHORIZATION) == null
                ? "the request says nothing of who sends it"
                : "the token is not valid: it is mistyped, expired or revoked";
        ProblemWriter.write(response, ProblemCode.UNAUTHENTICATED, detail, request.getRequestURI());
    }

    /** Somebody has signed in, and may not do this; or there is nothing here. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refusal)
            throws IOException, ServletException {
        if (refusal instanceof CsrfException && Callers.current().isEmpty()) {
            commence(request, response, null);
            return;
        }
        if (refusal instanceof CsrfException) {
            refuse(
                    request,
                    response,
                    ProblemCode.ORIGIN_NOT_ALLOWED,
                    "the form was not made by this session; load the page again, then send it again");
            return;
        }
        var methods = routes.methodsOf(request);
        if (methods.isEmpty()) {
            refuse(request, response, ProblemCode.NOT_FOUND, "there is nothing at this address");
        } else if (!methods.contains(request.getMethod())) {
            response.setHeader(HttpHeaders.ALLOW, String.join(", ", methods));
            refuse(request, response, ProblemCode.METHOD_NOT_ALLOWED, "the method is not possible here");
        } else {
            var needed = routes.of(request).map(Route::role).orElse(Role.ADMINISTRATOR);
            refuse(
                    request,
                    response,
                    ProblemCode.FORBIDDEN,
                    "this needs the role " + needed.wireName() + ", and the caller is "
                            + Callers.current()
                                    .map(caller -> caller.role().wireName())
                                    .orElse("nobody"));
        }
    }

    private static void refuse(
            HttpServletRequest request, HttpServletResponse response, ProblemCode code, String detail)
            throws IOException {
        if (Browser.isAsking(request)) {
            request.setAttribute(ApiProblem.class.getName(), new ApiProblem(code, detail));
            response.sendError(code.status());
        } else {
            ProblemWriter.write(response, code, detail, request.getRequestURI());
        }
    }

    /** A part of a page is fetched by script, which can't show another page in its place: the browser is told to go there. */
    private static void toSignIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getHeader("HX-Request") == null) {
            response.sendRedirect(SIGN_IN);
        } else {
            response.setHeader("HX-Redirect", SIGN_IN);
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        }
    }
}
