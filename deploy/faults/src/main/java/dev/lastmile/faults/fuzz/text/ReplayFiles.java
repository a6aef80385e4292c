package dev.lastmile.faults.fuzz.text;

import dev.lastmile.faults.fuzz.run.Damage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * The two files of a replay as one string of bytes: {@code #rows N} where every row is one by its form, so that none of them may get
 * lost; then the inferences, a line of percent signs, and the ground truths.
 *
 * @param rows in both, without their headers; -1 where nobody can say
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ReplayFiles(int rows, byte[] inferences, byte[] truths) {

    /** How both files' deployments are watched. */
    static final String POLICIES = """
            deployments:
              - {customer: st-marys, deployment: ward-7, metric: word_error_rate, dimensions: [accent, noise], intersections: [[noise, accent]]}
              - {customer: acme, deployment: prices, metric: absolute_error, scale: 10, dimensions: [region]}
              - {customer: acme, deployment: fraud, metric: false_positive_rate, positiveLabel: yes}
            """;

    private static final String ROWS = "#rows ";
    private static final String BETWEEN = "\n%%%%%%%%\n";
    private static final String INFERENCES =
            "customer,deployment,model_version,inference_id,occurred_at,output,confidence,session_id,slice.accent,slice.noise,slice.region";
    private static final String TRUTHS = "customer,deployment,inference_id,observed_at,truth,revision";
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    /** Both files of a string. */
    static ReplayFiles of(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        int rows = -1;
        if (text.startsWith(ROWS)) {
            int line = text.indexOf('\n');
            rows = Integer.parseInt(text.substring(ROWS.length(), line));
            text = text.substring(line + 1);
        }
        int between = text.indexOf(BETWEEN);
        String first = between < 0 ? text : text.substring(0, between);
        String second = between < 0 ? TRUTHS : text.substring(between + BETWEEN.length());
        return new ReplayFiles(
                rows, first.getBytes(StandardCharsets.ISO_8859_1), second.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Makes both.
     *
     * @param most rows of each
     */
    static byte[] make(SplittableRandom random, int most) {
        int inferences = random.nextInt(most + 1);
        int truths = random.nextInt(most + 1);
        int oddOf = random.nextInt(4) == 0 ? 4 : 60;
        byte[] first = file(INFERENCES, inferences, oddOf, random);
        byte[] second = file(TRUTHS, truths, oddOf, random);
        boolean damaged = random.nextInt(3) == 0;
        if (damaged) {
            first = Damage.of(first, 0, random);
            second = random.nextBoolean() ? Damage.of(second, 0, random) : second;
        }
        String text = (damaged ? "" : ROWS + (inferences + truths) + "\n")
                + new String(first, StandardCharsets.ISO_8859_1)
                + BETWEEN
                + new String(second, StandardCharsets.ISO_8859_1);
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] file(String header, int rows, int oddOf, SplittableRandom random) {
        List<String> columns = new ArrayList<>(List.of(header.split(",", -1)));
        StringBuilder text = new StringBuilder(random.nextInt(10) == 0 ? "\uFEFF" : "");
        String end = random.nextBoolean() ? "\r\n" : "\n";
        text.append(String.join(",", columns)).append(end);
        for (int row = 0; row < rows; row++) {
            int kind = random.nextInt(3);
            text.append(columns.stream()
                            .map(column -> cell(
                                    random.nextInt(oddOf) == 0 ? oddCell(random) : value(column, kind, random), random))
                            .collect(Collectors.joining(",")))
                    .append(end);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String oddCell(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> "x".repeat(random.nextInt(30_000));
            case 1 -> "\"";
            case 2 -> "a\r\nb";
            case 3 -> "w ".repeat(random.nextInt(3_000));
            default -> Scalars.any(random);
        };
    }

    /** In quotes where it needs them, and sometimes where not. */
    private static String cell(String value, SplittableRandom random) {
        boolean needs = value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                || value.startsWith(" ")
                || value.startsWith("#");
        return needs || random.nextInt(8) == 0 ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }

    private static String value(String column, int kind, SplittableRandom random) {
        return switch (column) {
            case "customer" -> kind == 0 ? "st-marys" : "acme";
            case "deployment" -> List.of("ward-7", "prices", "fraud").get(kind);
            case "model_version" -> "v" + random.nextInt(2);
            case "inference_id" -> "i" + random.nextInt(40);
            case "occurred_at" -> NOON.plusSeconds(random.nextInt(100_000)).toString();
            case "observed_at" -> NOON.plusSeconds(random.nextInt(200_000)).toString();
            case "output", "truth" ->
                List.of("the patient is stable", Double.toString(random.nextInt(90) / 4.0), "yes")
                        .get(kind);
            case "confidence" -> random.nextBoolean() ? "" : Double.toString(random.nextInt(101) / 100.0);
            case "session_id" -> random.nextBoolean() ? "" : "s" + random.nextInt(9);
            case "revision" -> random.nextInt(3) == 0 ? Integer.toString(random.nextInt(3)) : "";
            case "slice.accent" -> List.of("scottish", "us", "").get(random.nextInt(3));
            case "slice.noise" -> List.of("imaging", "quiet", "").get(random.nextInt(3));
            default -> List.of("north", "Île-de-France").get(random.nextInt(2));
        };
    }
}
