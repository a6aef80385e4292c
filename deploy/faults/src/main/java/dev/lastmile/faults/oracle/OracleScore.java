package dev.lastmile.faults.oracle;

import java.text.Normalizer;
import java.util.Locale;

/** Scores one pair in the most literal way there is. */
final class OracleScore {

    private OracleScore() {}

    static OracleCounts of(OracleDeployment policy, String output, String truth) {
        return switch (policy.metric()) {
            case "word_error_rate" -> words(split(truth), split(output));
            case "error_rate" -> OracleCounts.label(output.equals(truth) ? 0 : 1, 1);
            case "false_positive_rate" -> oneClass(!truth.equals(policy.positiveLabel()), output, truth, policy);
            case "false_negative_rate" -> oneClass(truth.equals(policy.positiveLabel()), output, truth, policy);
            default -> throw new IllegalArgumentException("metric not known here: " + policy.metric());
        };
    }

    private static OracleCounts oneClass(boolean chance, String output, String truth, OracleDeployment policy) {
        boolean saidYes = output.equals(policy.positiveLabel());
        boolean isYes = truth.equals(policy.positiveLabel());
        return OracleCounts.label(chance && saidYes != isYes ? 1 : 0, chance ? 1 : 0);
    }

    private static String[] split(String text) {
        String spaced = Normalizer.normalize(text, Normalizer.Form.NFC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{Nd}']+", " ")
                .trim();
        return spaced.isEmpty() ? new String[0] : spaced.split(" ");
    }

    /** The full matrices of fewest edits and, for these, most substitutions; then one way back through them. */
    private static OracleCounts words(String[] reference, String[] output) {
        if (reference.length == 0) {
            return OracleCounts.EMPTY_REFERENCE;
        }
        int[][] edits = new int[reference.length + 1][output.length + 1];
        int[][] replaced = new int[reference.length + 1][output.length + 1];
        for (int i = 0; i <= reference.length; i++) {
            for (int j = 0; j <= output.length; j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int differs = reference[i - 1].equals(output[j - 1]) ? 0 : 1;
                int replace = edits[i - 1][j - 1] + differs;
                int delete = edits[i - 1][j] + 1;
                int insert = edits[i][j - 1] + 1;
                int best = Math.min(replace, Math.min(delete, insert));
                edits[i][j] = best;
                int most = replace == best ? replaced[i - 1][j - 1] + differs : 0;
                most = delete == best ? Math.max(most, replaced[i - 1][j]) : most;
                most = insert == best ? Math.max(most, replaced[i][j - 1]) : most;
                replaced[i][j] = most;
            }
        }
        return wayBack(reference, output, edits, replaced);
    }

    private static OracleCounts wayBack(String[] reference, String[] output, int[][] edits, int[][] replaced) {
        int i = reference.length;
        int j = output.length;
        int deletions = 0;
        int insertions = 0;
        while (i > 0 || j > 0) {
            boolean canDelete = i > 0 && edits[i - 1][j] + 1 == edits[i][j] && replaced[i - 1][j] == replaced[i][j];
            boolean canInsert = j > 0 && edits[i][j - 1] + 1 == edits[i][j] && replaced[i][j - 1] == replaced[i][j];
            if (canDelete) {
                deletions++;
                i--;
            } else if (canInsert) {
                insertions++;
                j--;
            } else {
                i--;
                j--;
            }
        }
        int substitutions = replaced[reference.length][output.length];
        if (substitutions + deletions + insertions != edits[reference.length][output.length]) {
            throw new IllegalStateException("the way back does not spend the fewest edits");
        }
        return OracleCounts.words(substitutions, deletions, insertions, reference.length);
    }
}
