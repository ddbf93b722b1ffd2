package dev.holdfast.worker.doctor;

import jakarta.annotation.PreDestroy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Says every few seconds that this worker is there. */
@Component
@EnableScheduling
class RosterBeat {
    private static final Logger LOG = LoggerFactory.getLogger(RosterBeat.class);

    private final Roster roster;
    private final WorkerLook worker;

    RosterBeat(Roster roster, WorkerLook worker) {
        this.roster = roster;
        this.worker = worker;
    }

    @Scheduled(fixedDelayString = "PT10S")
    void sign() {
        try {
            roster.sign(worker.tools());
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("nobody can be told now that this worker is there; the next time does that", e);
        }
    }

    @PreDestroy
    void leave() {
        try {
            roster.leave();
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("this worker's name stays on the list for an hour", e);
        }
    }
}
