package dev.holdfast;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Clock;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * What a machine can check of the house style, for all modules below a package: {@code dev.holdfast}, or the one where violations
 * are planted to prove that each rule can fail.
 */
record HouseStyle(String root) {
    /** Which modules a module may know, besides itself. */
    private static final Map<String, Set<String>> KNOWS = Map.of(
            "common", Set.of(),
            "embedded", Set.of(),
            "api", Set.of("common"),
            "worker", Set.of("common"),
            "notification", Set.of("common"),
            "standalone", Set.of("common", "embedded", "api", "worker", "notification"));

    private static final Set<String> UTILITIES = Set.of(
            "ObjectUtils", "StringUtils", "CollectionUtils", "BooleanUtils", "ArrayUtils", "IOUtils", "FileUtils");
    private static final Pattern INJECTION =
            Pattern.compile(".*\\.(Autowired|Inject|Resource|Value|PersistenceContext)");
    private static final Pattern EMPTY_NAME = Pattern.compile(".*(Impl|Manager|Helper|Utils?|DTO|Dto)");

    ArchRule wireTypesKnowNoSpring() {
        return rule(
                "keep Spring out of events, failures and ids, which every reader uses, whatever it is built with",
                type -> isIn(type, "common.event", "common.failure", "common.id")
                        ? dependencies(type, target -> target.getName().startsWith("org.springframework."))
                        : Stream.empty());
    }

    ArchRule onlyTheRelayPublishes() {
        return rule(
                "leave StreamBridge to the outbox relay: an event that bypasses the outbox is lost, or told of nothing",
                type -> {
                    Predicate<JavaClass> bridge =
                            target -> target.getName().equals("org.springframework.cloud.stream.function.StreamBridge");
                    return isIn(type, "common.messaging")
                            ? accesses(
                                    type,
                                    access -> bridge.test(access.getTargetOwner())
                                            && !type.getSimpleName().equals("EventPublisher"))
                            : dependencies(type, bridge);
                });
    }

    ArchRule nothingIsInjectedIntoFields() {
        return rule(
                "take what they need by their constructor",
                type -> type.getFields().stream()
                        .filter(field -> field.getAnnotations().stream()
                                .anyMatch(annotation -> INJECTION
                                        .matcher(annotation.getRawType().getName())
                                        .matches()))
                        .map(JavaField::getDescription));
    }

    ArchRule timeComesFromAClock() {
        return rule(
                "ask a Clock for the time, so that tests can set it",
                type -> accesses(type, access -> switch (access.getName()) {
                    case "now" ->
                        access.getTargetOwner().getPackageName().equals("java.time")
                                && !parameters(access).contains(Clock.class.getName());
                    case "currentTimeMillis" -> isOf(access, System.class);
                    case "<init>" ->
                        isOf(access, Date.class) && parameters(access).isEmpty();
                    case "getInstance" -> isOf(access, Calendar.class);
                    default -> false;
                }));
    }

    ArchRule modulesKnowWhatTheyMay() {
        return rule(
                "know no module but those they may: the services meet on the wire",
                type -> moduleOf(type)
                        .flatMap(module -> dependencies(
                                type,
                                target -> moduleOf(target)
                                        .anyMatch(other -> !other.equals(module)
                                                && !KNOWS.get(module).contains(other)))));
    }

    ArchRule featuresHaveNoCycles(String module) {
        return SlicesRuleDefinition.slices()
                .matching(root + "." + module + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .because("features that need each other are one feature");
    }

    ArchRule namesSayWhatAClassDoes() {
        return rule(
                "have names that say something",
                type -> EMPTY_NAME.matcher(type.getSimpleName()).matches()
                        ? Stream.of(type.getName())
                        : Stream.empty());
    }

    ArchRule packagesAreNullMarked() {
        return rule(
                "lie in a package that is @NullMarked, since NullAway looks at nothing else",
                type -> type.getPackage().isAnnotatedWith(NullMarked.class)
                        ? Stream.empty()
                        : Stream.of(type.getName()));
    }

    ArchRule nothingSleeps() {
        return rule(
                "wait for an event, with a limit: whoever sleeps can't be woken",
                type -> accesses(
                        type,
                        access -> access.getName().equals("sleep")
                                && (isOf(access, Thread.class) || isOf(access, TimeUnit.class))));
    }

    ArchRule queriesGiveTheirConnectionBack() {
        return rule(
                "read rows as a list or a set: a stream of them keeps its connection until it is closed",
                type -> accesses(
                        type,
                        access -> access.getName().equals("stream")
                                && access.getTargetOwner()
                                        .getName()
                                        .equals("org.springframework.jdbc.core.simple.JdbcClient$MappedQuerySpec")));
    }

    ArchRule servicesPrintNothing() {
        return rule(
                "log instead of printing (but for the command line), with level, time and backup id",
                type -> isIn(type, "standalone")
                        ? Stream.empty()
                        : accesses(
                                type,
                                access -> access.getName().equals("printStackTrace")
                                                && parameters(access).isEmpty()
                                        || isOf(access, System.class)
                                                && Set.of("out", "err").contains(access.getName())));
    }

    ArchRule settingsAreRecords() {
        return rule(
                "read settings from validated records of properties, not by @Value",
                type -> dependencies(
                        type, target -> target.getName().equals("org.springframework.beans.factory.annotation.Value")));
    }

    ArchRule theJdkIsUtilityEnough() {
        return rule(
                "use the JDK's Objects, String and Files: other utilities come along by accident and hide nulls",
                type -> dependencies(
                        type,
                        target -> UTILITIES.contains(target.getSimpleName())
                                && !target.getPackageName().startsWith(root)));
    }

    ArchRule processesStartInFewPlaces() {
        return rule(
                "leave child processes to the few places that take care of arguments, environment and end",
                type -> isIn(type, "worker.dump", "worker.verify", "standalone", "embedded")
                        ? Stream.empty()
                        : accesses(
                                type,
                                access -> isOf(access, ProcessBuilder.class)
                                        || isOf(access, Runtime.class)
                                                && access.getName().equals("exec")));
    }

    private static ArchRule rule(String description, Function<JavaClass, Stream<String>> violations) {
        return ArchRuleDefinition.classes().should(new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                violations.apply(type).forEach(text -> events.add(SimpleConditionEvent.violated(type, text)));
            }
        });
    }

    private boolean isIn(JavaClass type, String... packages) {
        return Stream.of(packages)
                .map(name -> root + "." + name)
                .anyMatch(name -> type.getPackageName().equals(name)
                        || type.getPackageName().startsWith(name + "."));
    }

    private Stream<String> moduleOf(JavaClass type) {
        return KNOWS.keySet().stream().filter(module -> isIn(type, module));
    }

    private static Stream<String> dependencies(JavaClass type, Predicate<JavaClass> on) {
        return type.getDirectDependenciesFromSelf().stream()
                .filter(dependency -> on.test(dependency.getTargetClass()))
                .map(Dependency::getDescription);
    }

    /** Calls, method references and uses of fields. */
    private static Stream<String> accesses(JavaClass type, Predicate<JavaAccess<?>> to) {
        return type.getAccessesFromSelf().stream().filter(to).map(JavaAccess::getDescription);
    }

    private static boolean isOf(JavaAccess<?> access, Class<?> owner) {
        return access.getTargetOwner().isEquivalentTo(owner);
    }

    private static List<String> parameters(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
                ? target.getRawParameterTypes().stream().map(JavaClass::getName).toList()
                : List.of();
    }
}
