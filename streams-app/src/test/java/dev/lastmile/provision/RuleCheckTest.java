package dev.lastmile.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleCheckTest {

    private static final Installation INSTALLATION = new Installation("lastmile");
    private static final List<Right> RIGHTS = new AccessTable(INSTALLATION).ofCustomer("acme");

    private static List<Finding> findings(String host, AclPermissionType permission, String... words) {
        AclBinding rule = new AclBinding(
                new ResourcePattern(ResourceType.fromString(words[2]), words[4], PatternType.fromString(words[3])),
                new AccessControlEntry(words[0], host, AclOperation.fromString(words[1]), permission));
        return new RuleCheck(INSTALLATION, RIGHTS, Set.of("User:trusted")).findings(List.of(rule));
    }

    @ParameterizedTest
    @CsvSource({
        "User:lastmile.acme READ  TOPIC LITERAL  lastmile.acme.alerts.v1, false",
        "User:lastmile.acme DESCRIBE TOPIC LITERAL lastmile.acme.alerts.v1, false",
        "User:lastmile.acme ALL   TOPIC LITERAL  lastmile.acme.alerts.v1, true",
        "User:lastmile.acme READ  TOPIC PREFIXED lastmile.acme.alerts.v1, true",
        "User:lastmile.acme WRITE TOPIC LITERAL  lastmile.acme.alerts.v1, true",
        "User:lastmile.acme READ  TOPIC LITERAL  lastmile.acme-2.alerts.v1, true",
        "User:lastmile.acme DESCRIBE_CONFIGS TOPIC LITERAL lastmile.acme.inferences.v1, true",
        "User:lastmile DESCRIBE_CONFIGS TOPIC LITERAL lastmile.acme.inferences.v1, false",
        "User:lastmile WRITE TOPIC LITERAL lastmile.acme.inferences.v1, true",
        "User:other READ TOPIC PREFIXED l, true",
        "User:other READ TOPIC PREFIXED m, false",
        "User:other READ TOPIC LITERAL lastmile, false",
        "User:other READ TOPIC LITERAL *, true",
        "User:other READ TOPIC PREFIXED *, false",
        "User:other READ GROUP LITERAL lastmile, true",
        "User:other READ GROUP LITERAL lastmile-2, false",
        "User:other DESCRIBE CLUSTER LITERAL kafka-cluster, true",
        "User:other DESCRIBE DELEGATION_TOKEN LITERAL x, true",
        "User:trusted ALTER CLUSTER LITERAL kafka-cluster, false",
        "User:* READ GROUP LITERAL anything, true"
    })
    void aRightIsExtraIfItGivesMoreThanTheTable(String rule, boolean extra) {
        List<Finding> findings = findings("*", AclPermissionType.ALLOW, rule.split(" +", -1));

        assertThat(findings).hasSize(extra ? 1 : 0).allMatch(finding -> finding.kind() == Finding.Kind.EXTRA);
    }

    @Test
    void fromOneMachineAloneIsLessThanFromAnywhere() {
        assertThat(findings(
                        "10.0.0.1",
                        AclPermissionType.ALLOW,
                        "User:lastmile.acme",
                        "READ",
                        "TOPIC",
                        "LITERAL",
                        "lastmile.acme.alerts.v1"))
                .isEmpty();
        assertThat(findings(
                        "10.0.0.1", AclPermissionType.ALLOW, "User:other", "READ", "TOPIC", "PREFIXED", "lastmile."))
                .extracting(Finding::what)
                .containsExactly("right: User:other may READ topic lastmile.… from 10.0.0.1");
    }

    @Test
    void aRuleThatForbidsIsNamedForEachRightItTakesAway() {
        assertThat(findings(
                        "*",
                        AclPermissionType.DENY,
                        "User:lastmile.acme",
                        "ALL",
                        "TOPIC",
                        "PREFIXED",
                        "lastmile.acme."))
                .hasSize(5)
                .allMatch(finding -> finding.kind() == Finding.Kind.DENIED);
        assertThat(findings("*", AclPermissionType.DENY, "User:other", "ALL", "TOPIC", "LITERAL", "*"))
                .isEmpty();
    }

    @Test
    void aNameWithControlCharactersCannotWriteALineOfItsOwn() {
        assertThat(findings(
                        "*", AclPermissionType.ALLOW, "User:x\nMISSING nothing\u202e", "READ", "TOPIC", "LITERAL", "*"))
                .extracting(Finding::what)
                .containsExactly("right: User:x?MISSING nothing? may READ every topic");
    }
}
