package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds every module to {@link HouseStyle}, and every rule of it to a violation that is planted for it. */
class HouseStyleTest {
    private static final String ROOT = "dev.holdfast";
    private static final String PLANTED = "dev.holdfast.planted";
    private static final List<String> MODULES =
            List.of("common", "embedded", "api", "worker", "notification", "standalone");
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern SLEEP =
            Pattern.compile("(Thread|TimeUnit\\.\\w+|[A-Z]+SECONDS)\\s*\\.\\s*sleep\\s*\\(");

    private static final JavaClasses MAIN_CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // The events of common's tests come along as a jar of their own.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages(ROOT);
    private static final JavaClasses PLANTED_CODE = new ClassFileImporter().importPackages(PLANTED);

    static Stream<Arguments> rulesAndOffenders() {
        return Stream.of(
                rule("wire types know no Spring", HouseStyle::wireTypesKnowNoSpring, "common.event.SpringEvent"),
                rule("only the relay publishes", HouseStyle::onlyTheRelayPublishes, "api.send.DirectSender"),
                rule("only the relay publishes", HouseStyle::onlyTheRelayPublishes, "common.messaging.SecondPublisher"),
                rule(
                        "nothing is injected into fields",
                        HouseStyle::nothingIsInjectedIntoFields,
                        "api.send.FieldInjected"),
                rule("time comes from a clock", HouseStyle::timeComesFromAClock, "worker.job.WallClock"),
                rule("time comes from a clock", HouseStyle::timeComesFromAClock, "worker.job.WallClockReference"),
                rule("modules know what they may", HouseStyle::modulesKnowWhatTheyMay, "api.send.KnowsTheWorker"),
                rule(
                        "modules know what they may",
                        HouseStyle::modulesKnowWhatTheyMay,
                        "common.messaging.KnowsAService"),
                rule(
                        "features have no cycles",
                        style -> style.featuresHaveNoCycles("notification"),
                        "notification.left"),
                rule(
                        "queries give their connection back",
                        HouseStyle::queriesGiveTheirConnectionBack,
                        "worker.job.OpenQuery"),
                rule("names say what a class does", HouseStyle::namesSayWhatAClassDoes, "worker.job.JobManager"),
                rule("names say what a class does", HouseStyle::namesSayWhatAClassDoes, "worker.job.JobImpl"),
                rule("packages are null-marked", HouseStyle::packagesAreNullMarked, "worker.job.WallClock"),
                rule("nothing sleeps", HouseStyle::nothingSleeps, "worker.job.Sleeper"),
                rule("services print nothing", HouseStyle::servicesPrintNothing, "worker.job.Printer"),
                rule("settings are records", HouseStyle::settingsAreRecords, "api.send.ValueInjected"),
                rule("the JDK is utility enough", HouseStyle::theJdkIsUtilityEnough, "api.send.UtilityUser"),
                rule("processes start in few places", HouseStyle::processesStartInFewPlaces, "worker.job.ShellCaller"));
    }

    @ParameterizedTest
    @MethodSource("rulesAndOffenders")
    void main_code_keeps_the_rule(Function<HouseStyle, ArchRule> rule) {
        rule.apply(new HouseStyle(ROOT)).check(MAIN_CODE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"common", "embedded", "api", "worker", "notification", "standalone"})
    void features_of_a_module_have_no_cycles(String module) {
        new HouseStyle(ROOT).featuresHaveNoCycles(module).check(MAIN_CODE);
    }

    @ParameterizedTest
    @MethodSource("rulesAndOffenders")
    void the_rule_finds_a_planted_violation(Function<HouseStyle, ArchRule> rule, String offender) {
        var result = rule.apply(new HouseStyle(PLANTED)).evaluate(PLANTED_CODE);

        assertThat(result.getFailureReport().getDetails()).anyMatch(violation -> violation.contains(offender));
    }

    @ParameterizedTest
    @MethodSource("rulesAndOffenders")
    void the_rule_finds_nothing_in_a_class_that_keeps_it(Function<HouseStyle, ArchRule> rule) {
        var result = rule.apply(new HouseStyle(PLANTED)).evaluate(PLANTED_CODE);

        assertThat(result.getFailureReport().getDetails())
                .noneMatch(violation -> violation.contains("dev.holdfast.planted.standalone"));
    }

    @Test
    void every_module_is_looked_at() {
        for (var module : MODULES) {
            assertThat(MAIN_CODE.stream().filter(type -> type.getPackageName().startsWith(ROOT + "." + module)))
                    .as(module)
                    .isNotEmpty();
        }
        assertThat(MAIN_CODE.stream().filter(type -> type.getPackageName().startsWith(PLANTED)))
                .isEmpty();
    }

    @Test
    void no_test_sleeps() throws IOException {
        assertThat(sleepsIn(REPOSITORY)).isEmpty();
    }

    @Test
    void a_test_that_sleeps_is_found(@TempDir Path repository) throws IOException {
        var tests = Files.createDirectories(repository.resolve("module/src/test/java/dev"));
        var sleeping = tests.resolve("SleepyIT.java");
        Files.writeString(sleeping, "class SleepyIT { void t() { Thread" + "\n  .sleep(100); } }");
        Files.writeString(tests.resolve("FineTest.java"), "class FineTest { // asleep\n }");

        assertThat(sleepsIn(repository)).containsExactly(sleeping);
    }

    /** Test sources that sleep, but for the violation that is planted on purpose. */
    private static List<Path> sleepsIn(Path repository) throws IOException {
        try (var modules = Files.list(repository)) {
            return modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(HouseStyleTest::sources)
                    .filter(source -> !source.toString().contains("/planted/"))
                    .filter(source -> SLEEP.matcher(read(source)).find())
                    .toList();
        }
    }

    private static Stream<Path> sources(Path directory) {
        try {
            return Files.walk(directory).filter(file -> file.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Arguments rule(String name, Function<HouseStyle, ArchRule> rule, String offender) {
        return Arguments.of(Named.of(name, rule), offender);
    }
}
