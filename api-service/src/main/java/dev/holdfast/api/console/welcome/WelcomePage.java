package dev.holdfast.api.console.welcome;

import dev.holdfast.api.console.sources.FormModel;
import dev.holdfast.api.console.sources.SourceGlance;
import dev.holdfast.api.console.sources.SourceGlances;
import dev.holdfast.api.console.sources.SourceRun;
import dev.holdfast.api.doctor.Diagnosis;
import dev.holdfast.api.doctor.DoctorReport.Check;
import dev.holdfast.api.doctor.DoctorReport.Status;
import dev.holdfast.api.web.FirstPage;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** From nothing to the first backup, on one page: can backups be written, which database, the backup, done. */
@Controller
class WelcomePage implements FirstPage {
    /** The worker's checks that a first backup hangs on; what stands in its logs comes later. */
    private static final Set<String> STORAGE =
            Set.of("container-user", "directory-permissions", "volume-ownership", "worker-log");

    private static final String SILENT_WORKER = "worker-log";

    private final Diagnosis diagnosis;
    private final SourceGlances glances;
    private final JdbcClient jdbc;

    WelcomePage(Diagnosis diagnosis, SourceGlances glances, JdbcClient jdbc) {
        this.diagnosis = diagnosis;
        this.glances = glances;
        this.jdbc = jdbc;
    }

    @Override
    public String path() {
        var isEmpty = jdbc.sql("select not exists (select 1 from source) and not exists (select 1 from backup)")
                .query(Boolean.class)
                .single();
        return isEmpty ? "/welcome" : "/backups";
    }

    @GetMapping("/welcome")
    String show(Model model) {
        var report = diagnosis.now();
        var checks = report.checks().stream()
                .filter(check -> STORAGE.contains(check.name()))
                // Once the worker talks, its log has nothing to do with the first backup.
                .filter(check -> report.worker() == null || !check.name().equals(SILENT_WORKER))
                .toList();
        model.addAttribute("checks", checks);
        model.addAttribute("writable", isWritable(checks));
        FormModel.empty(model);
        var newest = glances.newest();
        model.addAttribute("glance", newest.orElse(null));
        model.addAttribute("first", newest.map(SourceGlance::last).orElse(null));
        model.addAttribute(
                "done",
                newest.map(SourceGlance::lastGood).map(SourceRun::isCompleted).orElse(false));
        model.addAttribute("key", UUID.randomUUID());
        return "console/welcome";
    }

    private static boolean isWritable(List<Check> checks) {
        return !checks.isEmpty() && checks.stream().noneMatch(check -> check.status() == Status.FAIL);
    }
}
