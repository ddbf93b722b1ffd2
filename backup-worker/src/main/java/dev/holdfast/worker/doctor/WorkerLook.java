package dev.holdfast.worker.doctor;

import dev.holdfast.worker.doctor.WorkerFacts.Room;
import dev.holdfast.worker.doctor.WorkerFacts.Tool;
import dev.holdfast.worker.dump.PgClients;
import dev.holdfast.worker.place.WorkerName;
import dev.holdfast.worker.storage.BackupStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Looks at what this worker has: clients and room. */
@Component
class WorkerLook {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerLook.class);

    private final WorkerName name;
    private final PgClients clients;
    private final BackupStore store;

    WorkerLook(WorkerName name, PgClients clients, BackupStore store) {
        this.name = name;
        this.clients = clients;
        this.store = store;
    }

    WorkerFacts facts() {
        return new WorkerFacts(name.value(), tools(), room());
    }

    List<Tool> tools() {
        return clients.installed().stream()
                .map(client -> new Tool(client.version(), client.directory().toString()))
                .toList();
    }

    private @Nullable Room room() {
        var root = store.root();
        try {
            var volume = Files.getFileStore(root);
            return new Room(root.toString(), volume.getTotalSpace(), volume.getUsableSpace());
        } catch (IOException e) {
            // The checks of the volume say what is wrong with it.
            LOG.debug("the room of {} can't be looked at", root, e);
            return null;
        }
    }
}
