package dev.lastmile.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lastmile.detection.Baseline;
import dev.lastmile.detection.BaselinePlan;
import dev.lastmile.detection.DetectionSettings;
import dev.lastmile.detection.SessionWeighting;
import dev.lastmile.detection.SliceBaseline;
import dev.lastmile.detection.Verdict;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.score.Metric;
import dev.lastmile.score.Normalisation;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.Slicing;
import dev.lastmile.topology.DeploymentPolicy;
import dev.lastmile.topology.Limits;
import dev.lastmile.topology.Policies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyParserTest {

    private static final String FIRST_THREE = "customer: c, deployment: d, metric: word_error_rate";

    private final Path directory;

    PolicyParserTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private List<DeploymentPolicy> read(String yaml) {
        return PolicyParser.read(write("policy.yaml", yaml));
    }

    private DeploymentPolicy only(String entry) {
        return read("deployments: [{" + entry + "}]").get(0);
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void everyKeyButTheFirstThreeHasADefault(Metric metric) {
        DeploymentPolicy policy = only("customer: c, deployment: d, metric: " + metric.wireName());

        assertThat(policy.scorer().metric()).isEqualTo(metric);
        assertThat(policy.scorer().normalisation()).isEqualTo(Normalisation.DEFAULT);
        assertThat(policy.scorer().positiveLabel()).isEqualTo("positive");
        assertThat(policy.scorer().scale()).isEqualTo(1);
        assertThat(policy.slicing()).isEqualTo(new Slicing(List.of(), List.of()));
        assertThat(policy.bucket()).isEqualTo(Duration.ofHours(1));
        assertThat(policy.horizon()).isEqualTo(Duration.ofDays(14));
        assertThat(policy.corrections()).isTrue();
        assertThat(policy.baseline()).isEqualTo(new BaselinePlan.None());
        assertThat(policy.detection()).isEqualTo(DetectionSettings.DEFAULT);
        assertThat(policy.limits()).isEqualTo(Limits.DEFAULT);
    }

    @Test
    void everythingThatIsGivenIsUsed() {
        DeploymentPolicy policy = read("""
                deployments:
                  - customer: st-marys
                    deployment: ward-7
                    metric: false_positive_rate
                    dimensions: [accent, noise]
                    intersections: [[noise, accent]]
                    bucket: PT15M
                    horizon: P30D
                    corrections: false
                    positiveLabel: true
                    scale: 2.5
                    normalisation: {form: NFKC, lowerCase: false, keep: "-"}
                    baseline: {labelled: 50000}
                    detection: {budget: 200000, margin: 0.01, disparityGap: 0.1, minimumBaseline: 300,
                      minimumLabelled: 40, minimumEffect: 0.03, baselineSigmas: 3, clearEffect: 0.04,
                      staleAfter: PT6H, coolDown: PT30M, sessions: {largest: 12}, coverageMargin: 0.2,
                      budgets: {DISPARITY: 1000000}}
                    limits: {valuesPerDimension: 8, liveSlices: 100, maxAge: P3D}
                """).get(0);

        assertThat(policy.scorer().positiveLabel()).isEqualTo("true");
        assertThat(policy.scorer().scale()).isEqualTo(2.5);
        assertThat(policy.scorer().normalisation()).isEqualTo(new Normalisation(Normalisation.Form.NFKC, false, "-"));
        assertThat(policy.slicing())
                .isEqualTo(new Slicing(List.of("accent", "noise"), List.of(List.of("noise", "accent"))));
        assertThat(policy.bucket()).isEqualTo(Duration.ofMinutes(15));
        assertThat(policy.horizon()).isEqualTo(Duration.ofDays(30));
        assertThat(policy.corrections()).isFalse();
        assertThat(policy.baseline()).isEqualTo(new BaselinePlan.FirstLabelled(50_000));
        assertThat(policy.detection())
                .isEqualTo(new DetectionSettings(
                        200_000,
                        0.01,
                        0.1,
                        300,
                        40,
                        0.03,
                        3,
                        0.04,
                        Duration.ofHours(6),
                        Duration.ofMinutes(30),
                        new SessionWeighting.Largest(12),
                        0.2,
                        Map.of(Verdict.DISPARITY, 1_000_000L)));
        assertThat(policy.limits()).isEqualTo(new Limits(8, 100, Duration.ofDays(3)));
    }

    @Test
    void theFirstPolicyThatMatchesCountsAndAStarMatchesAll() {
        Policies policies = new Policies(read("""
                deployments:
                  - {customer: a, deployment: x, metric: error_rate}
                  - {customer: a, deployment: "*", metric: absolute_error}
                  - {customer: "*", deployment: "*", metric: word_error_rate}
                """));

        assertThat(policies.find(new DeploymentId("a", "x"))
                        .orElseThrow()
                        .scorer()
                        .metric())
                .isEqualTo(Metric.ERROR_RATE);
        assertThat(policies.find(new DeploymentId("a", "y"))
                        .orElseThrow()
                        .scorer()
                        .metric())
                .isEqualTo(Metric.ABSOLUTE_ERROR);
        assertThat(policies.find(new DeploymentId("b", "x"))
                        .orElseThrow()
                        .scorer()
                        .metric())
                .isEqualTo(Metric.WORD_ERROR_RATE);
    }

    @Test
    void aRangeSettlesForOneBucketUnlessItSaysOtherwise() {
        String range = "baseline: {from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z'";
        long fromMs = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
        long toMs = Instant.parse("2026-02-01T00:00:00Z").toEpochMilli();

        assertThat(only(FIRST_THREE + ", bucket: PT10M, " + range + "}").baseline())
                .isEqualTo(new BaselinePlan.Range(fromMs, toMs, Duration.ofMinutes(10)));
        assertThat(only(FIRST_THREE + ", " + range + ", settle: P2D}").baseline())
                .isEqualTo(new BaselinePlan.Range(fromMs, toMs, Duration.ofDays(2)));
    }

    @Test
    void aServiceCardLiesBesideItsPolicyAndLeavesLittleToSay() {
        write("card.yaml", """
                slices:
                  - {slice: {}, labelled: 50000, mean: 0.1275}
                  - {slice: {accent: scottish}, labelled: 2194, mean: 0.1564, variance: 0.0515, received: 3000, errors: 5, trials: 9}
                  - {slice: {accent: scottish, noise: 7}, labelled: 11, mean: 0.5}
                """);

        BaselinePlan plan = only(FIRST_THREE
                        + ", dimensions: [accent, noise], intersections: [[noise, accent]], baseline: {file: card.yaml}")
                .baseline();

        Baseline baseline = ((BaselinePlan.Given) plan).baseline();
        assertThat(baseline.source()).isEqualTo(Baseline.Source.FILE);
        assertThat(baseline.version()).matches("b[0-9a-f]{8}");
        assertThat(baseline.slices())
                .containsOnlyKeys(
                        Slice.OVERALL,
                        Slice.of("accent", "scottish"),
                        Slice.of("noise", "7").and("accent", "scottish"))
                .containsEntry(
                        Slice.OVERALL, new SliceBaseline(50_000, 50_000, 6_375, 50_000, 0.1275, 0.1275 * (1 - 0.1275)))
                .containsEntry(Slice.of("accent", "scottish"), new SliceBaseline(3_000, 2_194, 5, 9, 0.1564, 0.0515));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'slices: [{slice: {accent: a}, labelled: 1, mean: 0}]'            | slices: must hold the whole deployment
            'slices: [{labelled: 1, mean: 0}]'                               | slices[0].slice: is missing; {} is the whole deployment
            'slices: [{slice: {}, labelled: 1}]'                             | slices[0].mean: is missing
            'slices: [{slice: {}, labelled: 1, mean: 1.5}]'                  | slices[0].mean: must be in [0, 1]: 1.5
            'slices: [{slice: {}, labelled: -1, mean: 0}]'                   | slices[0].
            'slices: [{slice: {}, labelled: 1, mean: 0, variance: 0.3}]'     | slices[0].variance: must be in [0, 0.25]: 0.3
            'slices: [{slice: {}, labelled: 1, mean: 0}, {slice: {}, labelled: 1, mean: 0}]' | slices[1].slice: must be given once: overall
            'slices: [{slice: {region: a}, labelled: 1, mean: 0}]'           | slices[0].slice: must be of declared dimensions
            'slices: [{slice: {}, labelled: 1, mean: 0, n: 1}]'              | slices[0].n: unknown key
            'slice: []'                                                      | slice: unknown key
            """)
    void aWrongServiceCardIsNamedByItsFileAndPath(String card, String problem) {
        Path file = write("card.yaml", card);

        assertThatThrownBy(() -> only(FIRST_THREE + ", dimensions: [accent], baseline: {file: card.yaml}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("deployments[0].baseline.file: " + file + ": " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "No", "on", "True", "false", "010", "1", "0x1F", "1_000", "fraud"})
    void aLabelIsWhatIsWritten(String label) {
        assertThat(only(FIRST_THREE + ", positiveLabel: " + label).scorer().positiveLabel())
                .isEqualTo(label);
    }

    @Test
    void anEntryThatIsNeverUsedIsRefused() {
        assertThatThrownBy(() -> read("""
                deployments:
                  - {customer: acme, deployment: "*", metric: error_rate}
                  - {customer: "*", deployment: d, metric: error_rate}
                  - {customer: acme, deployment: d, metric: word_error_rate}
                """))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("deployments[2]: is never used: ")
                .hasMessageEndingWith("deployments[0] matches all that this one does");
    }

    @Test
    void aMissingServiceCardIsNamedWithTheKeyThatAskedForIt() {
        assertThatThrownBy(() -> only(FIRST_THREE + ", baseline: {file: absent.yaml}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("deployments[0].baseline.file: ")
                .hasMessageEndingWith("absent.yaml: there is no such file");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            metric: error_rate, deployment: d                | customer: is missing
            customer: C, deployment: d, metric: error_rate   | customer: must match [a-z0-9-]{1,32} or be "*": C
            customer: c, deployment: a/b, metric: error_rate | deployment: must be 1 to 128 letters
            customer: c, deployment: 7, metric: error_rate   | deployment: must be text; put it in quotes if it is: 7
            customer: c, deployment: d, metric: wer          | metric: must be one of word_error_rate, error_rate, false_positive_rate, false_negative_rate, absolute_error: wer
            FIRST, dimesions: [a]                            | dimesions: unknown key
            FIRST, dimensions: accent                        | dimensions: must be a list: "accent"
            FIRST, dimensions: [1]                           | dimensions[0]: must be text: 1
            FIRST, dimensions: [a, a]                        | dimensions: dimension must be declared once: a
            FIRST, intersections: [[a, b]]                   | intersections: intersection names an undeclared dimension: a
            FIRST, intersections: [a]                        | intersections[0]: must be a list: "a"
            FIRST, bucket: PT0.1S                            | bucket: must be
            FIRST, bucket: 1h                                | bucket: must be an ISO-8601 duration such as PT1H or P14D: 1h
            FIRST, horizon: PT0S                             | horizon: must be
            FIRST, corrections: 'yes'                        | corrections: must be true or false: "yes"
            FIRST, positiveLabel: ''                         | positiveLabel: must not be empty
            FIRST, positiveLabel: 1.5                        | positiveLabel: must be text or a whole number; put it in quotes: 1.5
            FIRST, scale: 0                                  | scale: must be > 0: 0.0
            FIRST, scale: .nan                               | scale: must be a number
            FIRST, normalisation: {form: nfc}                | normalisation.form: must be one of NFC, NFKC, NONE: nfc
            FIRST, normalisation: {keep: ' '}                | normalisation.keep: must not hold white space
            FIRST, baseline: {}                              | baseline: must be one of {labelled}, {from, to, settle} and {file}
            FIRST, baseline: {labelled: 1, file: x}          | baseline: must be one of
            FIRST, baseline:                                 | baseline: must have a value
            FIRST, baseline: {labelled: 0}                   | baseline.labelled: must be >= 1: 0
            FIRST, baseline: {labelled: many}                | baseline.labelled: must be a whole number: "many"
            FIRST, baseline: {from: '2026-01-01T00:00:00Z'}  | baseline.to: is missing
            FIRST, baseline: {from: 2026-01-01, to: 2026-01-02} | baseline.from: must be an ISO-8601 time in UTC such as 2026-01-31T08:00:00Z: 2026-01-01
            FIRST, baseline: {from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z'} | baseline.to: must be after from
            FIRST, detection: {margin: 7}                    | detection.margin: must be in [0, 1): 7
            FIRST, detection: {minimumLabelled: 5}           | detection.minimumLabelled: must be >= 11, smaller cells are never shown: 5
            FIRST, detection: {budget: 1e5}                  | detection.budget: must be a whole number: 100000.0
            FIRST, detection: {staleAfter: PT0S}             | detection.staleAfter: must be positive: PT0S
            FIRST, detection: {gap: 0.1}                     | detection.gap: unknown key
            FIRST, limits: {valuesPerDimension: 0}           | limits.valuesPerDimension: must be in
            FIRST, limits: {maxAge: -P1D}                    | limits.maxAge: must be
            """)
    void aWrongPolicyIsNamedByItsPath(String entry, String problem) {
        String yaml = "deployments: [{customer: ok, deployment: ok, metric: error_rate}, {"
                + entry.replace("FIRST", FIRST_THREE) + "}]";
        Path file = directory.resolve("policy.yaml");

        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(file + ": deployments[1]." + problem);
    }

    @Test
    void aPolicyFileHoldsNothingButDeployments() {
        assertThatThrownBy(() -> read("deployments: []"))
                .hasMessageEndingWith("deployments: must have one entry or more");
        assertThatThrownBy(() -> read("kafka: {}")).hasMessageContaining("kafka: unknown key");
    }

    @Test
    void theConfigurationHashChangesWithWhatResultsDependOnAndWithNothingElse() {
        String hash = only(FIRST_THREE).configurationHash();

        assertThat(hash).matches("[0-9a-f]{12}");
        assertThat(only("customer: other, deployment: '*', metric: word_error_rate")
                        .configurationHash())
                .isEqualTo(hash);
        assertThat(List.of(
                        "metric: error_rate, customer: c, deployment: d",
                        FIRST_THREE + ", dimensions: [a]",
                        FIRST_THREE + ", bucket: PT2H",
                        FIRST_THREE + ", horizon: P1D",
                        FIRST_THREE + ", corrections: false",
                        FIRST_THREE + ", normalisation: {keep: ''}",
                        FIRST_THREE + ", positiveLabel: x",
                        FIRST_THREE + ", scale: 2",
                        FIRST_THREE + ", baseline: {labelled: 10}",
                        FIRST_THREE + ", detection: {margin: 0.006}",
                        FIRST_THREE + ", limits: {liveSlices: 10}"))
                .extracting(entry -> only(entry).configurationHash())
                .doesNotContain(hash)
                .doesNotHaveDuplicates();
    }
}
