package dev.lastmile.faults.fuzz.text;

import dev.lastmile.app.Configuration;
import dev.lastmile.app.ConfigurationException;
import dev.lastmile.faults.fuzz.run.Allowance;
import dev.lastmile.faults.fuzz.run.Finding;
import dev.lastmile.faults.fuzz.run.Fuzzer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Configuration files, YAML and JSON, and variables that override them, which stand in comments on top: {@code #env NAME=value}. Each is a
 * configuration that can be run, or is refused in one line that a person can read.
 */
public final class ConfigurationFuzzer implements Fuzzer {

    private static final String SOURCE = "config.yaml";
    private static final String VARIABLE = "#env ";
    private static final int LONGEST_LINE = 20_000;
    private static final Allowance ALLOWANCE = new Allowance(Duration.ofMillis(500), 64 << 20);
    private static final List<String> GOOD = List.of("""
            applicationId: lastmile
            kafka:
              bootstrap.servers: "a:9092, b:9092"
              commit.interval.ms: 500
              consumer.max.poll.records: 100
              sasl.jaas.config: "secret"
            registry:
              url: http://registry:8081
              properties:
                basic.auth.user.info: "u:p"
            state:
              directory: state
              memory: 256MiB
              index: 64MiB
              threads: 2
            http:
              host: 127.0.0.1
              port: 8080
            metrics:
              seriesLimit: 1000
            topics:
              replicationFactor: 1
            drainInterval: PT1S
            deployments:
              - customer: st-marys
                deployment: ward-7
                metric: word_error_rate
                dimensions: [accent, noise]
                intersections: [[noise, accent]]
                bucket: PT1H
                horizon: P14D
                corrections: true
                baseline: {labelled: 5000}
                normalisation: {form: NFKC, lowerCase: true, keep: "'"}
                limits: {valuesPerDimension: 64, liveSlices: 1000, maxAge: P7D}
                detection:
                  budget: 100
                  margin: 0.01
                  sessions: {largest: 10}
                  budgets: {DISPARATE_DEGRADATION: 50}
              - customer: "*"
                deployment: "*"
                metric: absolute_error
                scale: 10
                baseline: {from: "2026-03-01T00:00:00Z", to: "2026-03-08T00:00:00Z", settle: PT2H}
            """, """
            #env LASTMILE_HTTP_PORT=9090
            #env LASTMILE_KAFKA_SECURITY_PROTOCOL=SSL
            #env LASTMILE_STATE_THREADS=4
            #env LASTMILE_REGISTRY_URL=http://r
            kafka: {bootstrap.servers: "[::1]:9092"}
            registry: {url: "http://127.0.0.1:8081,https://other"}
            deployments:
              - {customer: acme, deployment: prices, metric: false_negative_rate, positiveLabel: 1}
            """, """
            {"kafka": {"bootstrap.servers": "a:1"},
             "registry": {"url": "mock://x"},
             "http": {"port": 0},
             "deployments": [
              {"customer": "acme",
               "deployment": "line 1",
               "metric": "error_rate",
               "detection": {"sessions": "independent", "staleAfter": "PT6H"}}]}
            """);

    @Override
    public String name() {
        return "configuration";
    }

    @Override
    public byte[] input(SplittableRandom random) {
        String text = GOOD.get(random.nextInt(GOOD.size()));
        return Lines.changed(text, text.startsWith("#env") && random.nextBoolean() ? '=' : ':', random);
    }

    @Override
    public Allowance allowanceFor(byte[] input) {
        return ALLOWANCE;
    }

    @Override
    public String tryOut(byte[] input) throws Finding {
        String text = new String(input, StandardCharsets.UTF_8);
        Map<String, String> variables = new HashMap<>();
        text.lines()
                .takeWhile(line -> line.startsWith(VARIABLE))
                .map(line -> line.substring(VARIABLE.length()).split("=", 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> variables.put(parts[0], parts[1]));
        try {
            Configuration configuration = Configuration.parse(SOURCE, text, Path.of("."), variables);
            if (configuration.deployments().isEmpty()) {
                throw new Finding("a configuration without deployments");
            }
            return "configuration";
        } catch (ConfigurationException e) {
            String message = String.valueOf(e.getMessage());
            if (message.isBlank() || message.length() > LONGEST_LINE) {
                throw new Finding("a message of " + message.length() + " characters");
            }
            if (message.codePoints().anyMatch(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029')) {
                throw new Finding("a message of several lines: " + message);
            }
            return "refused";
        }
    }
}
