package dev.holdfast.api.console.health;

import dev.holdfast.api.console.health.Forecast.Outlook;
import dev.holdfast.api.doctor.Diagnosis;
import dev.holdfast.api.doctor.DoctorReport.Room;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What the doctor has found, for people: looked at anew each time. */
@Controller
class HealthPage {
    private static final Logger LOG = LoggerFactory.getLogger(HealthPage.class);

    private final Diagnosis diagnosis;
    private final Forecast forecast;

    HealthPage(Diagnosis diagnosis, Forecast forecast) {
        this.diagnosis = diagnosis;
        this.forecast = forecast;
    }

    @GetMapping("/health")
    String show(Model model) {
        var report = diagnosis.now();
        var worker = report.worker();
        model.addAttribute("report", report);
        model.addAttribute("worker", worker);
        model.addAttribute("workers", report.workers());
        model.addAttribute("volume", worker == null ? null : worker.volume());
        model.addAttribute("outlook", outlook(worker == null ? null : worker.volume()));
        return "console/health";
    }

    /** Of all pages this one is looked at while the database is down. */
    private @Nullable Outlook outlook(@Nullable Room volume) {
        try {
            return forecast.of(volume);
        } catch (DataAccessException e) {
            LOG.debug("there is no forecast while the database does not answer", e);
            return null;
        }
    }
}
