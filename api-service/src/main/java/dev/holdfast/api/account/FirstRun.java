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

/** While nobody administers Holdfast: makes the link by which the first administrator comes in, and leaves it where only they can read it. */
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
        if (accounts.hasAdministrator()) {
            forget();
            return;
        }
        links.discardThoseForFirstAdministrator();
        var path = "/first-run?link=" + links.forFirstAdministrator(clock.instant());
        if (file == null) {
            LOG.warn("nobody administers Holdfast yet; make the first administrator at {}", path);
        } else {
            write(file, path);
            LOG.info("nobody administers Holdfast yet; the way to make the first administrator is in {}", file);
        }
    }

    /** Somebody administers Holdfast, who did not come by the link. */
    void close() {
        links.discardThoseForFirstAdministrator();
        forget();
    }

    /** The link is void: nothing is to lead to it. */
    void forget() {
        if (properties.firstRunFile() != null) {
            try {
                Files.deleteIfExists(properties.firstRunFile());
            } catch (IOException e) {
                LOG.warn("{} leads nowhere any more and can't be deleted", properties.firstRunFile(), e);
            }
        }
    }

    private static void write(Path file, String path) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, path + "\n", StandardOpenOption.WRITE);
    }
}
