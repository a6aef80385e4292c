package dev.lastmile.faults.fault;

import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.process.MonitorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** The state of a monitor is gone, or is not what it was, when it starts after a stop in good order. */
public final class LoseState implements Fault {

    private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);

    /** What happens to it. */
    public enum Kind {
        /** All of the directory is deleted. */
        DIRECTORY_DELETED,
        /** Some files are deleted. */
        FILES_DELETED,
        /** Bytes in some files are other ones. */
        BYTES_CHANGED,
        /** Some files end sooner. */
        FILES_CUT
    }

    private final Kind kind;

    public LoseState(Kind kind) {
        this.kind = kind;
    }

    @Override
    public String name() {
        return "state: " + kind;
    }

    @Override
    public Strike strike(Installation installation, SplittableRandom random) throws IOException, InterruptedException {
        int number = random.nextInt(installation.monitors().size());
        MonitorProcess monitor = installation.monitors().get(number);
        if (!monitor.child().terminate(STOPS_WITHIN)) {
            throw new IOException(monitor.name() + " did not stop within " + STOPS_WITHIN);
        }
        int struck = damage(installation.stateOf(number), random);
        monitor.startAgain();
        Duration recovery = monitor.awaitReady(READY_WITHIN);
        return new Strike(name(), struck > 0, struck + " files of " + monitor.name(), recovery);
    }

    private int damage(Path state, SplittableRandom random) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(state)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals("LOCK"))
                    .sorted()
                    .toList();
        }
        if (kind == Kind.DIRECTORY_DELETED) {
            try (Stream<Path> all = Files.walk(state)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
            return files.size();
        }
        int struck = 0;
        for (Path file : files) {
            if (random.nextInt(3) == 0 && Files.size(file) > 0) {
                damageFile(file, random);
                struck++;
            }
        }
        return struck;
    }

    private void damageFile(Path file, SplittableRandom random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        switch (kind) {
            case DIRECTORY_DELETED, FILES_DELETED -> Files.delete(file);
            case FILES_CUT -> Files.write(file, java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            case BYTES_CHANGED -> {
                for (int i = 0; i <= bytes.length / 200; i++) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
                }
                Files.write(file, bytes);
            }
        }
    }
}
