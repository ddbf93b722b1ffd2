package dev.holdfast.worker;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Starts the backup-worker, alone or as one of several contexts in a JVM. */
@SpringBootApplication
public class BackupWorker {

    /** Starts the worker as a process of its own. */
    public static void main(String[] arguments) {
        application().run(arguments);
    }

    /** The worker's application, not started; its configuration is {@code backup-worker.yaml}. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(BackupWorker.class)
                .main(BackupWorker.class)
                .properties("spring.config.name=backup-worker");
    }
}
