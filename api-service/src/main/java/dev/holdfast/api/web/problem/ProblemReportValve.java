package dev.holdfast.api.web.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what Tomcat refuses before any filter sees it, such as a broken request line, in the form of all other errors. */
public final class ProblemReportValve extends ErrorReportValve {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemReportValve.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        var problem = Problem.ofStatus(response.getStatus(), String.valueOf(request.getRequestURI()));
        if (response.getStatus() >= 500 && !isAboutTheRequest(response.getStatus())) {
            LOG.error("{} was answered with {}", request.getRequestURI(), response.getStatus(), thrown);
        }
        try {
            ProblemWriter.write(response, problem);
        } catch (IOException e) {
            LOG.debug("the client has left before its answer", e);
        }
    }

    /** Statuses beyond 500 that say what a client has sent, and nothing of how this service is. */
    private static boolean isAboutTheRequest(int status) {
        return status == HttpServletResponse.SC_NOT_IMPLEMENTED
                || status == HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED;
    }
}
