package dev.lastmile;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which package may use what, for any root package, so that the law itself can be tried on a package that breaks it.
 */
final class PackageLaw {

    /** The JDK's packages for values and algorithms; no files, no network. The empty name is that of primitives. */
    private static final List<String> PLAIN_JAVA = List.of(
            "",
            "java.io",
            "java.lang..",
            "java.math..",
            "java.nio",
            "java.nio.charset..",
            "java.security..",
            "java.text..",
            "java.time..",
            "java.util..",
            "org.jspecify..");

    private static final Map<String, List<String>> DOMAIN = new LinkedHashMap<>();

    static {
        DOMAIN.put("event", List.of());
        DOMAIN.put("stats", List.of());
        DOMAIN.put("score", List.of("event", "stats"));
        DOMAIN.put("slice", List.of("event", "score", "stats"));
        DOMAIN.put("join", List.of("event", "score", "slice", "stats"));
        DOMAIN.put("detection", List.of("slice", "stats", "score"));
        DOMAIN.put("alert", List.of("detection", "slice", "score", "event", "stats"));
    }

    /** What tells the time of day, whatever the class; all but {@code nanoTime} are named {@code now} or so. */
    private static final Set<String> CLOCK_METHODS =
            Set.of("now", "currentTimeMillis", "nanoTime", "systemUTC", "systemDefaultZone", "system", "tickMillis");

    private final String root;

    PackageLaw(String root) {
        this.root = root;
    }

    List<ArchRule> rules() {
        List<ArchRule> rules = new ArrayList<>();
        DOMAIN.forEach((name, allowed) -> rules.add(usesOnly(name, allowed, List.of())));
        rules.add(usesOnly(
                "topology",
                List.of("alert", "detection", "join", "slice", "score", "event", "stats", "schema"),
                List.of("org.slf4j..", "org.apache.kafka..", "org.apache.avro..", "io.confluent..", "org.rocksdb..")));
        rules.add(usesOnly("provision", List.of("schema"), List.of("org.apache.kafka..")));
        rules.add(usesOnly(
                "http",
                List.of(),
                List.of("java.net..", "java.nio.channels..", "javax.net.ssl..", "org.slf4j..", "org.eclipse.jetty..")));
        rules.add(usesOnly(
                "export",
                List.of("alert", "detection", "http", "slice", "score", "event", "stats"),
                List.of("java.net..", "javax.net.ssl..", "org.slf4j..", "io.prometheus..", "com.fasterxml.jackson..")));
        rules.add(onlyHttpKnowsItsServer());
        rules.add(onlyAppReadsTheClock());
        rules.add(onlyAppReadsTheEnvironmentAndFiles());
        rules.add(noCycles());
        return rules;
    }

    private ArchRule usesOnly(String name, List<String> ours, List<String> others) {
        List<String> allowed = new ArrayList<>(PLAIN_JAVA);
        allowed.addAll(others);
        allowed.add(root + "." + name + "..");
        ours.forEach(one -> allowed.add(root + "." + one + ".."));
        return classes()
                .that()
                .resideInAPackage(root + "." + name + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .as(name + " uses only what the architecture allows it")
                .allowEmptyShould(true);
    }

    private ArchRule onlyHttpKnowsItsServer() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .as("only http knows its server")
                .allowEmptyShould(true);
    }

    private ArchRule onlyAppReadsTheClock() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".app..")
                .should()
                .accessTargetWhere(new DescribedPredicate<JavaAccess<?>>("is a clock") {
                    @Override
                    public boolean test(JavaAccess<?> access) {
                        AccessTarget target = access.getTarget();
                        String owner = target.getOwner().getName();
                        boolean ofTheJdk = owner.startsWith("java.time.") || owner.equals("java.lang.System");
                        boolean newDate = owner.equals("java.util.Date")
                                && target.getName().equals("<init>");
                        return (ofTheJdk && CLOCK_METHODS.contains(target.getName())) || newDate;
                    }
                })
                .as("only app reads the clock");
    }

    private ArchRule onlyAppReadsTheEnvironmentAndFiles() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".app..")
                .should()
                .accessTargetWhere(new DescribedPredicate<JavaAccess<?>>("is the environment or a file") {
                    @Override
                    public boolean test(JavaAccess<?> access) {
                        String owner = access.getTarget().getOwner().getName();
                        String name = access.getTarget().getName();
                        return (owner.equals("java.lang.System")
                                        && (name.equals("getenv") || name.endsWith("Property") || name.equals("exit")))
                                || owner.startsWith("java.nio.file.")
                                || owner.matches("java\\.io\\.(Random)?(Access)?File.*");
                    }
                })
                .as("only app reads the environment and files");
    }

    private ArchRule noCycles() {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles().as("packages are free of cycles");
    }
}
