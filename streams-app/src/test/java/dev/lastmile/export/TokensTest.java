package dev.lastmile.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

    private static final String OPERATOR = "operator-0123456789-0123456789-01";
    private static final String ACME = "acme-0123456789-0123456789-012345";

    private final Tokens tokens = Tokens.NONE.with(OPERATOR, Caller.OPERATOR).with(ACME, Caller.ofCustomer("acme"));

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aTokenTellsWhoAsks() {
        assertThat(tokens.callerOf("Bearer " + OPERATOR)).hasValue(Caller.OPERATOR);
        assertThat(tokens.callerOf("bearer  " + ACME)).hasValue(Caller.ofCustomer("acme"));
        assertThat(tokens.callerOf(basic("anybody:" + ACME))).hasValue(Caller.ofCustomer("acme"));
        assertThat(tokens.callerOf(basic(":" + OPERATOR))).hasValue(Caller.OPERATOR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer operator-0123456789-0123456789-02",
                "Bearer operator-0123456789-0123456789-0",
                "Bearer operator-0123456789-0123456789-01 and more",
                "operator-0123456789-0123456789-01",
                "Digest operator-0123456789-0123456789-01",
                "Basic !",
                "Basic b3BlcmF0b3I="
            })
    void nothingElseDoes(String authorization) {
        assertThat(tokens.callerOf(authorization)).isEmpty();
    }

    @Test
    void withoutAHeaderNobodyIsKnown() {
        assertThat(tokens.callerOf(null)).isEmpty();
        assertThat(tokens.callerOf(basic(OPERATOR))).as("no password").isEmpty();
    }

    @Test
    void withoutTokensEverybodyIsAnOperator() {
        assertThat(Tokens.NONE.isEmpty()).isTrue();
        assertThat(Tokens.NONE.callerOf(null)).hasValue(Caller.OPERATOR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123456789-0123456789-012345678",
                "0123456789-0123456789-0123456789 0123456789",
                "0123456789-0123456789-0123456789é"
            })
    void whatCanBeGuessedOrIsNoHeaderIsRefusedWithoutBeingRepeated(String token) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tokens.NONE.with(token, Caller.OPERATOR))
                .withMessageStartingWith("token must")
                .withMessageNotContaining(token);
    }

    @Test
    void oneTokenIsNotTwoCallers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokens.with(ACME, Caller.ofCustomer("other")))
                .withMessage("token must be another one for each caller");
    }
}
