package dev.lastmile.faults.fault;

import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.process.MonitorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
        FILES_CUT;

        /** Whether what is left cannot be read as if nothing had happened, or had never been. */
        private boolean mustBeSaid() {
            return this == BYTES_CHANGED || this == FILES_CUT;
        }
    }

    private static final String GIVEN_UP = "lastmile_states_given_up_total";

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
        List<Path> struck = damage(installation.stateOf(number), random);
        monitor.startAgain();
        Duration recovery = monitor.awaitReady(READY_WITHIN);
        long holding = struck.stream().filter(LoseState::holdsState).count();
        long givenUp = (long) monitor.metric(GIVEN_UP);
        String evidence = struck.size() + " files of " + monitor.name() + ", " + holding
                + " of which hold state or say where it is; " + givenUp + " times it gave state up";
        List<String> broken = kind.mustBeSaid() && holding > 0 && givenUp == 0
                ? List.of(name() + ": nobody noticed: " + evidence)
                : List.of();
        return new Strike(name(), holding > 0, evidence, recovery, broken);
    }

    /** RocksDB's tables, and the list of those that count; its logs and options it could do without. */
    private static boolean holdsState(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".sst") || name.startsWith("MANIFEST");
    }

    /** A third of all files, one of those that hold state at least, or all. */
    private List<Path> damage(Path state, SplittableRandom random) throws IOException {
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
            return files;
        }
        List<Path> holding = files.stream().filter(LoseState::holdsState).toList();
        Path one = holding.isEmpty() ? null : holding.get(random.nextInt(holding.size()));
        List<Path> struck = new ArrayList<>();
        for (Path file : files) {
            if ((random.nextInt(3) == 0 || file.equals(one)) && Files.size(file) > 0) {
                damageFile(file, random);
                struck.add(file);
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
