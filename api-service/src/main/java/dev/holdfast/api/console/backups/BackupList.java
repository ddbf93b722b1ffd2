package dev.holdfast.api.console.backups;

import dev.holdfast.api.backup.BackupStatus;
import dev.holdfast.api.backup.BackupView;
import dev.holdfast.api.backup.Backups;
import dev.holdfast.api.backup.SourceRuns;
import dev.holdfast.api.source.SourceNames;
import dev.holdfast.api.web.PageRequest;
import java.util.Arrays;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** The list of all backups, and how the last runs of each source went. */
@Controller
class BackupList {
    private static final int BARS = 12;

    private final Backups backups;
    private final SourceRuns runs;
    private final SourceNames names;

    BackupList(Backups backups, SourceRuns runs, SourceNames names) {
        this.backups = backups;
        this.runs = runs;
        this.names = names;
    }

    @GetMapping("/backups")
    String list(@ModelAttribute("query") BackupQuery query, Model model) {
        var wanted = PageRequest.of(query.scope(), query.cursor(), null);
        var page = wanted.page(
                backups.list(query.filter(), wanted), backup -> backup.id().value(), BackupView::of);
        model.addAttribute("page", page);
        model.addAttribute("address", query.address(query.cursor()));
        model.addAttribute("older", page.next() == null ? null : query.address(page.next()));
        model.addAttribute("newest", query.cursor() == null ? null : query.address(null));
        model.addAttribute(
                "bars",
                runs.latest(query.source(), BARS).stream().map(RunBar::of).toList());
        model.addAttribute("sources", names.choice());
        model.addAttribute(
                "statuses",
                Arrays.stream(BackupStatus.values()).map(BackupStatus::wireName).toList());
        return "console/backups/list";
    }
}
