package dev.lastmile.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DeploymentIdTest {

    private static final Pattern CUSTOMER = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Pattern DEPLOYMENT = Pattern.compile("[\\p{L}\\p{N}._:@ -]{1,128}");

    @Test
    void everyCharacterIsJudgedAsByTheDocumentedExpressions() {
        for (int c = Character.MIN_CODE_POINT; c <= Character.MAX_CODE_POINT; c++) {
            String text = new StringBuilder("a").appendCodePoint(c).toString();
            assertThat(DeploymentId.isCustomer(text))
                    .as("customer with %X", c)
                    .isEqualTo(CUSTOMER.matcher(text).matches());
            assertThat(DeploymentId.isDeployment(text))
                    .as("deployment with %X", c)
                    .isEqualTo(DEPLOYMENT.matcher(text).matches());
        }
    }

    @Test
    void lengthIsCountedInCharactersOutsideTheBasicPlaneToo() {
        String letter = new StringBuilder().appendCodePoint(0x10400).toString();
        for (String text : List.of("", " ", "a", "a".repeat(32), "a".repeat(33), "a".repeat(128), "a".repeat(129))) {
            assertThat(DeploymentId.isCustomer(text))
                    .isEqualTo(CUSTOMER.matcher(text).matches());
            assertThat(DeploymentId.isDeployment(text))
                    .isEqualTo(DEPLOYMENT.matcher(text).matches() && !text.isBlank());
        }
        assertThat(DeploymentId.isDeployment(letter.repeat(128))).isTrue();
        assertThat(DeploymentId.isDeployment(letter.repeat(129))).isFalse();
    }
}
