package dev.holdfast.standalone;

import java.util.List;
import java.util.Map;
import org.springframework.boot.logging.LogFile;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Sends every line to one rotated file, as JSON, from before the first part starts. The services find logging set up and leave it
 * alone, but for the levels in their own yaml.
 */
final class FileLogging {
    private FileLogging() {}

    static void start(DataDirectory data) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "standalone",
                        Map.of(
                                "logging.file.name", data.log().toString(),
                                "logging.structured.format.file", "ecs",
                                "logging.structured.ecs.service.name", "holdfast",
                                "logging.console.enabled", "false",
                                "logging.logback.rollingpolicy.max-file-size", "10MB",
                                "logging.logback.rollingpolicy.max-history", "14",
                                "logging.logback.rollingpolicy.total-size-cap", "100MB")));
        var logging = LoggingSystem.get(Standalone.class.getClassLoader());
        logging.beforeInitialize();
        logging.initialize(new LoggingInitializationContext(environment), null, LogFile.get(environment));
        for (var talkative : List.of("qpid.message", "io.zonky.test.db.postgres.embedded")) {
            logging.setLogLevel(talkative, LogLevel.WARN);
        }
    }
}
