package dev.lastmile.faults.fuzz.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run must find. */
class RunTest {

    private static final Allowance ALLOWANCE = new Allowance(Duration.ofMillis(20), 1 << 20);
    private static final Duration HANGS_AFTER = Duration.ofSeconds(1);

    private final Path directory;

    RunTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private interface Product {
        void take(byte[] input) throws Exception;
    }

    private record Given(Product product) implements Fuzzer {

        @Override
        public String name() {
            return "given";
        }

        @Override
        public byte[] input(SplittableRandom random) {
            return new byte[] {(byte) random.nextInt(10), 7};
        }

        @Override
        public String tryOut(byte[] input) throws Exception {
            product.take(input);
            return "taken";
        }

        @Override
        public Allowance allowanceFor(byte[] input) {
            return ALLOWANCE;
        }
    }

    @BeforeEach
    void keep() throws IOException {
        Path kept = Files.createDirectories(directory.resolve("given"));
        Files.writeString(kept.resolve("one.hex"), "2a 07 # the answer\n# nothing\n");
        Files.write(kept.resolve("two.bin"), new byte[] {42});
    }

    private Report run(Product product, long count) throws IOException, InterruptedException {
        return Run.of(new Given(product), Corpus.in(directory), 5, count, HANGS_AFTER);
    }

    @Test
    void whatHoldsIsToldByOutcome() throws Exception {
        Report report = run(input -> {}, 100);

        assertThat(report.holds()).isTrue();
        assertThat(report.kept()).isEqualTo(2);
        assertThat(report.outcomes()).containsExactly(java.util.Map.entry("taken", 102L));
    }

    @Test
    void aFindingNamesItsInputWithWhichItCanBeTriedAlone() throws Exception {
        Product breaks = input -> {
            if (input[0] == 3) {
                throw new IllegalStateException("three");
            }
        };

        Report report = run(breaks, 100);

        assertThat(report.findings()).isNotEmpty();
        String first = report.findings().get(0);
        assertThat(first).startsWith("given: seed 5, input ").contains("three").endsWith("2 bytes: 0307");
        long index = Long.parseLong(first.replaceAll(".*input (\\d+):.*", "$1"));
        assertThat(Run.ofOne(new Given(breaks), 5, index).findings()).containsExactly(first);
        assertThat(Run.ofGiven(new Given(breaks), HexFormat.of().parseHex("0307"))
                        .findings())
                .hasSize(1);
    }

    @Test
    void whatIsKeptIsTriedFirst() throws Exception {
        Report report = run(
                input -> {
                    if (input[0] == 42) {
                        throw new Finding("kept");
                    }
                },
                1);

        assertThat(report.findings()).hasSize(2);
        assertThat(report.findings().get(0)).contains("kept one.hex: kept");
        assertThat(report.findings().get(1)).contains("kept two.bin: kept");
    }

    @Test
    void errorsAreFindingsToo() throws Exception {
        assertThat(run(RunTest::recurse, 1).findings()).first().asString().contains("StackOverflowError");
        assertThat(run(
                                input -> {
                                    throw new OutOfMemoryError("planted");
                                },
                                1)
                        .findings())
                .first()
                .asString()
                .contains("OutOfMemoryError: planted");
    }

    private static void recurse(byte[] input) {
        if (input.length > 0) {
            recurse(input.clone());
        }
    }

    @Test
    void whatTakesTooMuchTimeOrMemoryIsAFinding() throws Exception {
        assertThat(run(input -> Thread.sleep(500), 0).findings())
                .first()
                .asString()
                .contains("which may be 20 ms");
        assertThat(run(RunTest::count, 0).findings()).first().asString().contains("which may be 20 ms");
        assertThat(run(RunTest::allocate, 0).findings()).first().asString().contains("1048576 bytes");
    }

    private static void count(byte[] input) {
        long sum = 0;
        for (int i = 0; i < 100_000_000; i++) {
            sum += (sum >>> 3) ^ i ^ input[0];
        }
        assertThat(sum).isNotZero();
    }

    private static void allocate(byte[] input) {
        int sum = 0;
        for (int i = 0; i < 100; i++) {
            sum += new byte[(1 << 20) + input.length].length;
        }
        assertThat(sum).isPositive();
    }

    @Test
    void whatHangsIsNamedAndLeftBehind() throws Exception {
        Report report = run(input -> Thread.sleep(Long.MAX_VALUE), 1);

        assertThat(report.findings()).singleElement().asString().contains("kept one.hex: hangs in", "sleep", "2a07");
    }

    @Test
    void aRunWithoutItsCorpusFails() {
        assertThatThrownBy(() -> Corpus.in(directory.resolve("absent"))).isInstanceOf(IOException.class);
    }
}
