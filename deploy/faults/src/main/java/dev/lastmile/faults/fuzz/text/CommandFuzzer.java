package dev.lastmile.faults.fuzz.text;

import dev.lastmile.app.CommandFormat;
import dev.lastmile.app.Configuration;
import dev.lastmile.faults.fuzz.run.Allowance;
import dev.lastmile.faults.fuzz.run.Damage;
import dev.lastmile.faults.fuzz.run.Fuzzer;
import dev.lastmile.topology.BaselineCommand;
import dev.lastmile.topology.DeploymentPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Operators' commands, JSON on a topic: each is obeyed or refused, and none throws. */
public final class CommandFuzzer implements Fuzzer {

    private static final long NOON_MS = Instant.parse("2026-03-02T12:00:00Z").toEpochMilli();
    private static final int DEEP = 5_000;
    private static final int LONG = 600_000;
    private static final Allowance ALLOWANCE = new Allowance(Duration.ofMillis(200), 64 << 20);
    private static final List<String> GOOD = List.of("""
            {"command": "relearn",
             "by": "anna"}
            """, """
            {"command": "relearn",
             "by": "anna",
             "labelled": 20000}
            """, """
            {"command": "relearn",
             "by": "anna",
             "from": "2026-03-01T00:00:00Z",
             "to": "2026-03-08T00:00:00Z",
             "settle": "PT1H"}
            """, """
            {"command": "import",
             "by": "anna",
             "card": {"version": "spring-2026",
              "designEffect": 1.5,
              "slices": [
               {"slice": {}, "labelled": 50000, "mean": 0.1275},
               {"slice": {"accent": "scottish"}, "labelled": 2194, "mean": 0.1564, "variance": 0.0515},
               {"slice": {"noise": "imaging", "accent": "us"}, "received": 9, "labelled": 9, "scored": 9, "errors": 1, "trials": 9, "mean": 0.1}]}}
            """);

    private final CommandFormat format = new CommandFormat("fuzz");
    private final DeploymentPolicy policy = Configuration.parse("policies", """
                    kafka: {bootstrap.servers: "127.0.0.1:1"}
                    registry: {url: "http://127.0.0.1:1"}
                    deployments:
                      - {customer: st-marys, deployment: ward-7, metric: word_error_rate, dimensions: [accent, noise], intersections: [[noise, accent]]}
                    """, Path.of("."), Map.of())
            .deployments()
            .get(0);

    @Override
    public String name() {
        return "command";
    }

    @Override
    public byte[] input(SplittableRandom random) {
        String text = GOOD.get(random.nextInt(GOOD.size()));
        return switch (random.nextInt(12)) {
            case 0 -> text.getBytes(StandardCharsets.UTF_8);
            case 1 -> Damage.of(text.getBytes(StandardCharsets.UTF_8), 0, random);
            case 2 -> "{\"a\":".repeat(random.nextInt(DEEP)).getBytes(StandardCharsets.UTF_8);
            case 3 ->
                random.nextInt(50) == 0
                        ? (text + " ".repeat(random.nextInt(LONG))).getBytes(StandardCharsets.UTF_8)
                        : Lines.changed(text, ':', random);
            default -> Lines.changed(text, ':', random);
        };
    }

    @Override
    public Allowance allowanceFor(byte[] input) {
        return ALLOWANCE;
    }

    @Override
    public String tryOut(byte[] input) {
        BaselineCommand command = format.read(policy, input, NOON_MS);
        return command instanceof BaselineCommand.Refused refused
                ? refused.refusal().name()
                : command.getClass().getSimpleName();
    }
}
