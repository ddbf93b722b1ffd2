package dev.holdfast.api.console.backups;

import dev.holdfast.api.backup.Backup;
import dev.holdfast.api.backup.BackupStatus;
import dev.holdfast.api.backup.BackupView;
import dev.holdfast.api.backup.Backups;
import dev.holdfast.api.backup.CheckFiles;
import dev.holdfast.api.backup.ControlBackup;
import dev.holdfast.api.backup.EarlierBackups;
import dev.holdfast.api.console.Notice;
import dev.holdfast.api.source.Source;
import dev.holdfast.api.source.Sources;
import dev.holdfast.api.source.TestSource;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import dev.holdfast.common.id.BackupId;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** One backup: how far it is or how it ended, what to do about it, its files, and everything that was told of it. */
@Controller
@RequestMapping("/backups/{id}")
class BackupPage {
    private static final String PAGE = "console/backups/one";

    private final Backups backups;
    private final EarlierBackups earlier;
    private final ControlBackup control;
    private final CheckFiles checkFiles;
    private final TestSource testSource;
    private final Sources sources;
    private final Timeline timeline;
    private final Clock clock;

    BackupPage(
            Backups backups,
            EarlierBackups earlier,
            ControlBackup control,
            CheckFiles checkFiles,
            TestSource testSource,
            Sources sources,
            Timeline timeline,
            Clock clock) {
        this.backups = backups;
        this.earlier = earlier;
        this.control = control;
        this.checkFiles = checkFiles;
        this.testSource = testSource;
        this.sources = sources;
        this.timeline = timeline;
        this.clock = clock;
    }

    @GetMapping
    String show(@PathVariable UUID id, Model model) {
        fill(known(id), model);
        return PAGE;
    }

    @PostMapping("/cancel")
    String cancel(@PathVariable UUID id) {
        control.cancel(new BackupId(id));
        return redirect(id, Notice.BACKUP_CANCELLED);
    }

    @PostMapping("/retry")
    String retry(@PathVariable UUID id) {
        control.retry(new BackupId(id));
        return redirect(id, Notice.BACKUP_RETRIED);
    }

    /** Reads every file again; changes nothing, so the answer is the page itself. */
    @PostMapping("/check-files")
    String checkFiles(@PathVariable UUID id, Model model) {
        var backup = known(id);
        model.addAttribute("checked", checkFiles.check(backup.id()));
        fill(backup, model);
        return PAGE;
    }

    /** Looks whether the next backup of the source would get through; changes nothing. */
    @PostMapping("/check-source")
    String checkSource(@PathVariable UUID id, Model model) {
        var backup = known(id);
        model.addAttribute("findings", testSource.test(source(backup)));
        fill(backup, model);
        return PAGE;
    }

    private void fill(Backup backup, Model model) {
        var view = BackupView.of(backup);
        var expected = earlier.expectation(backup).orElse(null);
        model.addAttribute("backup", view);
        model.addAttribute("sourceId", backup.sourceId().value());
        model.addAttribute("cancelAsked", backup.course().isCancelAsked());
        model.addAttribute("expected", expected);
        model.addAttribute(
                "progress", Progress.of(view, expected, clock.instant()).orElse(null));
        model.addAttribute("files", FileRow.of(view));
        model.addAttribute("manifest", FileRow.address(view.id(), "manifest.json"));
        model.addAttribute("hashCommand", HashCommand.of(view));
        if (view.status() == BackupStatus.COMPLETED) {
            earlier.before(backup).map(BackupView::of).ifPresent(before -> {
                model.addAttribute("before", before);
                model.addAttribute("changes", Changes.between(before.metadata(), view.metadata()));
            });
        }
        fillTimeline(view.id(), model);
    }

    /** The page is of use while the notification-service is down, too. */
    private void fillTimeline(UUID id, Model model) {
        try {
            model.addAttribute("timeline", timeline.of(id));
        } catch (ApiProblem problem) {
            model.addAttribute("timelineProblem", problem.detail());
        }
    }

    private Backup known(UUID id) {
        var backup = new BackupId(id);
        return backups.find(backup).orElseThrow(() -> ControlBackup.notFound(backup));
    }

    private Source source(Backup backup) {
        return sources.find(backup.sourceId())
                .orElseThrow(() -> new ApiProblem(
                        ProblemCode.SOURCE_DELETED, "the source " + backup.sourceName() + " is no longer there"));
    }

    private static String redirect(UUID id, Notice notice) {
        return "redirect:" + notice.on("/backups/" + id);
    }
}
