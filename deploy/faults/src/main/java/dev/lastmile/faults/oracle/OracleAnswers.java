package dev.lastmile.faults.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Small outputs with their truths: labels, and transcripts that a careless recogniser made. */
final class OracleAnswers {

    private static final List<String> WORDS = List.of(
            "the", "patient", "is", "stable", "don't", "café", "ward", "seven", "9", "scan", "Ärzte", "no", "not", "a");
    private static final List<String> SEPARATORS = List.of(" ", " ", " ", " ", ", ", "-", "  ", "\u2014");

    /** What was said, and what would have been right. */
    record Pair(String output, String truth) {}

    private final Random random;

    OracleAnswers(Random random) {
        this.random = random;
    }

    Pair pairFor(OracleDeployment policy) {
        return switch (policy.metric()) {
            case "word_error_rate" -> transcripts();
            case "error_rate" -> labels(List.of("billing", "repair", "sales", "other"));
            default -> labels(List.of(String.valueOf(policy.positiveLabel()), "fine", "odd"));
        };
    }

    private Pair labels(List<String> all) {
        String truth = all.get(random.nextInt(all.size()));
        return new Pair(random.nextInt(6) == 0 ? all.get(random.nextInt(all.size())) : truth, truth);
    }

    private Pair transcripts() {
        List<String> right = new ArrayList<>();
        int length = random.nextInt(25) == 0 ? 0 : 1 + random.nextInt(7);
        for (int i = 0; i < length; i++) {
            right.add(word());
        }
        List<String> said = new ArrayList<>();
        for (String word : right) {
            int slip = random.nextInt(20);
            if (slip == 0) {
                said.add(word());
                said.add(word);
            } else if (slip == 1) {
                said.add(word());
            } else if (slip > 2) {
                said.add(word);
            }
        }
        if (random.nextInt(30) == 0) {
            said.add(word());
        }
        return new Pair(written(said), written(right));
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    /** The same words in one of many spellings that normalisation must undo. */
    private String written(List<String> words) {
        if (words.isEmpty()) {
            return random.nextBoolean() ? "" : "...";
        }
        StringBuilder text = new StringBuilder(words.get(0));
        for (String word : words.subList(1, words.size())) {
            text.append(SEPARATORS.get(random.nextInt(SEPARATORS.size()))).append(word);
        }
        String plain = text.toString();
        return switch (random.nextInt(10)) {
            case 0 -> plain.toUpperCase(Locale.ROOT);
            case 1 -> plain + ".";
            case 2 -> plain.replace("é", "e\u0301").replace("Ä", "A\u0308");
            default -> plain;
        };
    }
}
