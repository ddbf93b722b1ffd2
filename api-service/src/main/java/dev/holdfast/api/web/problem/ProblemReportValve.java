package dev.holdfast.api.web.problem;

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
        if (response.getStatus() >= 500) {
            LOG.error("{} was answered with {}", request.getRequestURI(), response.getStatus(), thrown);
        }
        var code = ProblemErrorController.codeOf(response.getStatus());
        try {
            ProblemWriter.write(response, code, code.title(), String.valueOf(request.getRequestURI()));
        } catch (IOException e) {
            LOG.debug("the client has left before its answer", e);
        }
    }
}
