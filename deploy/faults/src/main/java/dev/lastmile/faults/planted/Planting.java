package dev.lastmile.faults.planted;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.utility.JavaModule;
import org.jspecify.annotations.Nullable;

/** Puts a bug into the classes of a JVM as they are loaded. */
public final class Planting {

    /** What the JVM says once the bug is in. */
    public static final String SAID = "planted ";

    private static final int FAILED = 3;

    private Planting() {}

    /**
     * The option with which a JVM that has this one's class path gets the bug.
     *
     * @param directory where the file that the option names is written
     */
    public static String option(PlantedBug bug, Path directory) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", Planting.class.getName());
        Path jar = directory.resolve("planting.jar");
        // Nothing is in it: an agent's class may come from the class path.
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return "-javaagent:" + jar + "=" + bug;
    }

    /** Called by the JVM before its main class. */
    public static void premain(String bug, Instrumentation instrumentation) {
        PlantedBug planted = PlantedBug.valueOf(bug);
        new AgentBuilder.Default()
                .with(new Herald(planted))
                .type(ElementMatchers.named(planted.type()))
                .transform((code, type, loader, module, domain) -> planted.into(code))
                .installOn(instrumentation);
    }

    /** Says that a bug is in, and ends the JVM where it cannot be put in: without it a run shows nothing. */
    private static final class Herald extends AgentBuilder.Listener.Adapter {
        private final PlantedBug bug;

        Herald(PlantedBug bug) {
            this.bug = bug;
        }

        @Override
        public void onTransformation(
                TypeDescription type,
                @Nullable ClassLoader loader,
                @Nullable JavaModule module,
                boolean loaded,
                DynamicType dynamic) {
            System.out.println(SAID + bug);
        }

        @Override
        public void onError(
                String type,
                @Nullable ClassLoader loader,
                @Nullable JavaModule module,
                boolean loaded,
                Throwable failure) {
            failure.printStackTrace();
            Runtime.getRuntime().halt(FAILED);
        }
    }
}
