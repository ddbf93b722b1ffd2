package dev.holdfast.api.account;

import dev.holdfast.api.access.AccessProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** While there is no account: makes the link by which the first administrator comes in, and leaves it where only they can read it. */
@Component
class FirstRun {
    private static final Logger LOG = LoggerFactory.getLogger(FirstRun.class);

    private final Accounts accounts;
    private final OneTimeLinks links;
    private final AccessProperties properties;
    private final Clock clock;

    FirstRun(Accounts accounts, OneTimeLinks links, AccessProperties properties, Clock clock) {
        this.accounts = accounts;
        this.links = links;
        this.properties = properties;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void invite() throws IOException {
        var file = properties.firstRunFile();
        if (!accounts.isEmpty()) {
            forget();
            return;
        }
        var path = "/first-run?link=" + links.forFirstAdministrator(clock.instant());
        if (file == null) {
            LOG.warn("there is no account yet; make the first administrator at {}", path);
        } else {
            write(file, path);
            LOG.info("there is no account yet; the way to make the first administrator is in {}", file);
        }
    }

    /** The link is void: nothing is to lead to it. */
    void forget() throws IOException {
        if (properties.firstRunFile() != null) {
            Files.deleteIfExists(properties.firstRunFile());
        }
    }

    private static void write(Path file, String path) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, path + "\n", StandardOpenOption.WRITE);
    }
}
