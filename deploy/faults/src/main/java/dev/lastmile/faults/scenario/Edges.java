package dev.lastmile.faults.scenario;

import static dev.lastmile.faults.scenario.Evidence.fault;
import static dev.lastmile.faults.scenario.Evidence.test;

import java.util.List;

/** What may happen to those that the monitor asks and tells, and what those may do who ask it. */
final class Edges {

    private static final String OUTAGE = "topology.RegistryOutageFlowTest#";
    private static final String HTTP = "export.HttpApiTest#";
    private static final String DELIVERY = "local.deployment.AlertDeliveryTest#";

    static final List<Scenario> SCENARIOS = List.of(
            row(
                    "registry-away",
                    "the registry is gone or says nothing, whether or not a schema is known already",
                    "what is known goes on; what is not waits its turn, and is no dead letter; exact",
                    fault("registry GONE"),
                    fault("registry SILENT"),
                    test(OUTAGE + "recordsWaitWhileTheRegistryIsAwayAndAreTakenInOrderWhenItIsBack"),
                    test(OUTAGE + "whatComesAfterOneThatStillWaitsStaysBehindIt"),
                    test(OUTAGE + "aCustomerOfWhomAsManyRecordsWaitAsMayIsNotReadOnAndAllOthersAreCountedAsBefore"),
                    test(OUTAGE + "ofIdsThatWaitedForTheRegistryNoMoreThanAHundredWaitForTheirTurnAfterwards"),
                    test("faults.exactness.RegistryOutageTest"
                            + "#oneCustomerWaitsUnreadTheOtherIsCountedAndAKillInBetweenLosesNothing"),
                    test("app.OutputSchemasTest#onceACustomerIsTakenUpNothingThatItGetsNeedsTheRegistry"),
                    test("app.PatientSerializerTest#waitsForARegistryThatIsAway")),
            row(
                    "registry-misbehaves",
                    "it is slow, answers with a page, 401, 429, 500, another's 404, ten megabytes, or points elsewhere",
                    "limits on time and size, nobody is followed, only the registry's own 404 counts; exact",
                    fault("registry DRIPPING"),
                    fault("registry PAGE"),
                    fault("registry LOCKED"),
                    fault("registry BUSY"),
                    fault("registry BROKEN"),
                    fault("registry PROXY_LOST"),
                    fault("registry ENDLESS"),
                    fault("registry POINTS_ELSEWHERE"),
                    test("topology.serde.RegistrySchemasTest"
                            + "#aRegistryThatFailsIsAskedOnceASecondByEachTopicHoweverManyIdsThereAre"),
                    test("app.RegistryHttpTest#anAnswerOfTenMegabytesIsNot"),
                    test("app.RegistryHttpTest#aRegistryThatIsWellAgainAfterAnAnswerThatWasTooLongRejectsNothing"),
                    test("app.RegistryHttpTest#nobodyIsFollowed")),
            row(
                    "alertmanager",
                    "an Alertmanager is away for long, both are, or one is slow, silent, or answers 400 or 500",
                    "each alert and its end reach each of them that can be reached while it lasts or within a quarter of an hour"
                            + " after its end, with the same labels each time; the other one is told meanwhile",
                    test(DELIVERY + "oneOfTwoInTroubleGetsEverythingOnceItIsWellAndTheOtherOneIsNotHeldUp"),
                    test(DELIVERY + "whatFiredWhileBothWereAwayForLongComesToBothWithItsEnd"),
                    test(DELIVERY + "anEndThatComesWhileAReceiverIsAwayIsToldWhenItIsBack"),
                    test("local.deployment.AlertmanagerTest#oneSliceMakesOnePageAndItIsTheMostTellingOne")),
            row(
                    "bad-clients",
                    "slow scrapers, headers byte by byte, huge headers, ten thousand idle connections, odd methods, paths that"
                            + " climb",
                    "bounded; records are counted as before",
                    test(HTTP + "onlyReadingIsAllowed"),
                    test(HTTP + "whatIsNotServedIs404WhateverThePathTries"),
                    test("http.BoundedServerTest"
                            + "#besideTenThousandIdleTwoHundredSlowAndFiftyReadersOfBytesEverybodyElseIsServedAtOnce"),
                    fault("crowd at HTTP")),
            row(
                    "asked-while-restoring",
                    "questions while state is restored",
                    "503 with Retry-After, never a part of the sums",
                    test(HTTP + "whileStateIsRestoredQueriesAre503WithRetryAfterInsteadOfPartialSums")));

    private Edges() {}

    private static Scenario row(String name, String what, String required, Evidence... shownBy) {
        return new Scenario(Scenario.Table.EDGES, name, what, required, List.of(shownBy));
    }
}
