package dev.holdfast.worker.advice;

import dev.holdfast.worker.job.JobHistory;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Names what an empty volume would cost: whoever is about to delete backups has to read which. */
@Component
class Loss {
    private static final Logger LOG = LoggerFactory.getLogger(Loss.class);
    private static final int NAMED = 10;

    private final JobHistory jobs;

    Loss(JobHistory jobs) {
        this.jobs = jobs;
    }

    /** For the end of a sentence. */
    String inWords() {
        try {
            return words(jobs.newestCompleted(NAMED), jobs.countCompleted());
        } catch (DataAccessException e) {
            LOG.debug("the backups that would be lost can't be listed now", e);
            return "every backup in it";
        }
    }

    static String words(List<Path> newest, long count) {
        if (count == 0) {
            return "no completed backup is known to be in it";
        }
        var names =
                newest.stream().map(path -> String.valueOf(path.getFileName())).collect(Collectors.joining(", "));
        var more = count - newest.size();
        return count + (count == 1 ? " backup: " : " backups: ") + names + (more > 0 ? " and " + more + " more" : "");
    }
}
