package dev.lastmile.faults.scenario;

import static dev.lastmile.faults.scenario.Evidence.fault;
import static dev.lastmile.faults.scenario.Evidence.test;

import java.util.List;

/** What customers may send. Whatever it is: one outcome for each record, counted, and the other customers' results are the same. */
final class BadInput {

    private static final String DECODER = "topology.serde.AvroEventDecoderTest#";
    private static final String SCHEMAS = "topology.serde.RegistrySchemasTest#";
    private static final String FLOW = "topology.BadInputFlowTest#";
    private static final String JOINER = "join.JoinerTest#";
    private static final String LETTERS = FLOW + "whatDoesNotDecodeIsADeadLetterThatIsNobodysDeployment";
    private static final String FUZZ = "faults.fuzz.FuzzTest#noInputBreaksAPromise";

    static final List<Scenario> SCENARIOS = List.of(
            row(
                    "no-frame",
                    "empty, fewer than five bytes, another first byte, garbage",
                    "dead letter `BAD_FRAME`",
                    test(DECODER + "bytesWithoutAFrameAreABadFrame"),
                    test(LETTERS),
                    fault("attack: GARBAGE_FLOOD"),
                    test(FUZZ)),
            row(
                    "cut-or-trailing",
                    "a datum that ends too soon, or after which more comes",
                    "dead letter `BAD_AVRO`, for the last byte too many as well",
                    test(DECODER + "everyCutAndEveryAppendedByteIsBadAvro"),
                    test(DECODER + "twentyThousandDamagedFramesAreEachJudged"),
                    test(LETTERS),
                    test(FUZZ)),
            row(
                    "too-large",
                    "a record above the limit",
                    "dead letter `TOO_LARGE` with size and hash, without the payload",
                    test(DECODER + "aRecordOfExactlyTheLimitIsReadAndAByteMoreIsTooLarge"),
                    test(LETTERS),
                    fault("attack: HUGE_RECORDS"),
                    test("faults.fuzz.broker.BrokerFuzzingTest#everyRecordEndsInOneWayAndTheMonitorIsTheSame")),
            row(
                    "unknown-schema",
                    "the id of a schema that nobody registered",
                    "`UNKNOWN_SCHEMA`, remembered for a minute, looked up once a second at most, and never decided while the registry"
                            + " fails",
                    test(SCHEMAS + "anUnknownIdIsRefusedAndNotAskedForAgainForAMinute"),
                    test(SCHEMAS + "aTopicThatAsksForUnknownIdsIsLookedUpOnceASecondAndOthersAreNotHeldUp"),
                    test(SCHEMAS + "anUnknownIdIsNeverRefusedWhileTheRegistryFails"),
                    fault("attack: SCHEMA_TRICKS")),
            row(
                    "incompatible-schema",
                    "a writer's schema that the contract cannot read",
                    "`SCHEMA_INCOMPATIBLE`, decided once for each id",
                    test(SCHEMAS + "aSchemaThatTheContractCannotReadIsIncompatibleAndDecidedOnce"),
                    test(LETTERS)),
            row(
                    "schema-of-another-topic",
                    "a schema that could be read and is another subject's",
                    "`SCHEMA_NOT_FOR_TOPIC`",
                    test(SCHEMAS + "aCompatibleSchemaOfAnotherSubjectIsRefusedUntilItIsRegisteredForTheTopic"),
                    test(DECODER + "theSchemaOfTheOtherTopicIsNotForThisOne"),
                    fault("attack: SCHEMA_TRICKS")),
            row(
                    "dangerous-schema",
                    "a recursive, deep or huge schema, or arrays of items without size",
                    "`SCHEMA_REJECTED` before anything is decoded",
                    test(SCHEMAS + "aDangerousShapeIsRejected"),
                    test(SCHEMAS + "aDeepOrWideSchemaIsRejected"),
                    test(DECODER + "anArrayOfNothingIsRejectedEvenInAFieldThatTheReaderSkips"),
                    test(DECODER + "aFewBytesThatPromiseGigabytesAreBadAvroAndTakeNoMemory"),
                    test(FUZZ)),
            row(
                    "null-value-or-key",
                    "no value, or no key",
                    "`NULL_VALUE`; a key that is not the event's own id is `KEY_MISMATCH`",
                    test(DECODER + "noValueOrNoKeyIsANullValue"),
                    test(FLOW + "anEventThatMayNotEnterIsADeadLetterOfItsDeployment")),
            row(
                    "value-out-of-range",
                    "NaN, infinities, counts below zero, sums that overflow, no trials where some must be",
                    "`VALUE_OUT_OF_RANGE`",
                    test(DECODER + "aFieldOutsideItsRangeIsOutOfRange"),
                    test(DECODER + "aNegativeRevisionIsOutOfRange"),
                    test(FUZZ)),
            row(
                    "absurd-times",
                    "events of 1970, of 2100, and a little more in the future each time",
                    "`TIME_TOO_OLD` or `TIME_FUTURE` by the broker's append time; no other customer's time moves",
                    test(FLOW + "aTimeIsJudgedAgainstTheAppendTimeToTheMillisecond"),
                    test(FLOW + "anEventThatMayNotEnterIsADeadLetterOfItsDeployment"),
                    fault("attack: ABSURD_TIMES")),
            row(
                    "new-values-without-end",
                    "a million values, dimensions, versions or deployments",
                    "counted as `__other__`, sums still add up, `/metrics` stays small, the heap too",
                    test("slice.SliceRegistryTest#tenThousandValuesAreCappedAndTheirPartsStillAddUpToTheWhole"),
                    test("topology.InventionsFlowTest"
                            + "#thousandsOfNewValuesAreCappedAndNoMessageIsTooLargeForTheBroker"),
                    test("topology.InventionsFlowTest#intersectionsWithoutEndAreCappedToo"),
                    test("topology.InventionsFlowTest#dimensionsThatNobodyDeclaredTakeNothing"),
                    test("topology.InventionsFlowTest#modelVersionsWithoutEndAreCountedTogether"),
                    test("topology.InventionsFlowTest#deploymentsWithoutEndAreCappedAndTheRestAreDeadLetters"),
                    test("export.MetricsExporterTest"
                            + "#theSeriesBudgetKeepsAlertsTheWholeAndTheWorstSlicesAndCountsTheRest"),
                    test("export.MetricsExporterTest"
                            + "#theLongestLabelsStayWithinTheBytesAndAlertsWholesAndTheWorstSlicesAreKept"),
                    fault("attack: CARDINALITY"),
                    test("faults.fuzz.slice.SliceFloodTest#aMillionValuesAreCappedAndEverythingStillAddsUp"),
                    test("topology.EnrolmentFlowTest#whoComesFirstIsCountedAndTheRestIsPutAway")),
            row(
                    "truth-first",
                    "a ground truth that comes before its inference",
                    "it waits, up to the horizon",
                    test("topology.JoinFlowTest#aGroundTruthThatComesFirstWaitsForItsInference"),
                    test(JOINER + "truthsThatCameFirstAreTakenInTheirOrderOnceTheInferenceComes"),
                    test(JOINER + "truthsWhoseInferenceNeverCameExpireWithTheirCopies")),
            row(
                    "duplicates",
                    "the same inference or ground truth again",
                    "`DUPLICATE`, by id and content; nothing changes",
                    test(JOINER + "theSameInferenceAgainIsADuplicateAndChangesNothing"),
                    test(JOINER + "theSameRevisionAgainIsADuplicateOrAConflictAndTheFirstStays"),
                    test("topology.StatisticsFlowTest#feedingTheInputTwiceChangesNoStatistic"),
                    fault("attack: REPLAY")),
            row(
                    "conflicts",
                    "the same id with other content",
                    "the first stands, the other one is counted as a conflict",
                    test(JOINER + "anInferenceThatDiffersInAnyFieldIsAConflictAndTheFirstStands")),
            row(
                    "corrections",
                    "a ground truth that is corrected",
                    "what it replaces is taken back to the last count; what comes after the horizon is too late",
                    test(JOINER + "aCorrectionTakesBackExactlyWhatWasCounted"),
                    test(JOINER + "aTruthObservedOneMillisecondAfterTheHorizonIsTooLate"),
                    test(FLOW + "correctionsThatCannotBeTakenAreDeadLetters")),
            row(
                    "one-id-of-two-customers",
                    "two customers who use the same ids",
                    "never joined",
                    test("faults.oracle.OracleStreamTest#customersUseTheSameIdsAndSomeInferencesAreSilent"),
                    test("faults.exactness.TopologyAgainstBatchTest#everyTotalOfEverySliceIsTheBatchPrograms")),
            row(
                    "another-customers-name",
                    "an event that says it is another customer's than its topic",
                    "`TENANT_MISMATCH`, counted under the topic's customer",
                    test(DECODER + "anotherCustomersNameIsATenantMismatch"),
                    test(LETTERS)),
            row(
                    "read-again",
                    "a topic that is read again from its beginning",
                    "nothing counts twice",
                    test("faults.verdict.ReprocessingTest#whatIsReadAgainFromTheBeginningCountsOnce")),
            row(
                    "hostile-text",
                    "control characters, marks that turn text round, quotes, line breaks, values of a megabyte",
                    "counted as `__invalid__` or cut to length, escaped wherever it is shown",
                    test("slice.SlicingTest#whatNoOutputMayShowIsInvalid"),
                    test("slice.SlicingTest#aValueOfTheGreatestLengthIsItselfAndALongerOneInvalid"),
                    test("export.PageTest#whatComesFromOutsideIsNeverWrittenAsMarkup"),
                    test("export.MetricsExporterTest#aLabelFromOutsideCannotEndItsLine"),
                    test("faults.canary.CanaryTest#noTextOfACustomerIsShownAnywhere")),
            row(
                    "thousands-of-headers",
                    "records with many headers",
                    "no header is copied anywhere",
                    test(FLOW + "headersOfACustomerAreNotCopied")),
            row(
                    "one-against-all",
                    "a customer at fifty times its rate, or with nothing but garbage",
                    "the others get the same results, at most twice as late; the log does not grow with it",
                    fault("attack: FIFTY_TIMES_THE_RATE"),
                    fault("attack: GARBAGE_FLOOD"),
                    fault("attack: HUNG_TRANSACTION")));

    private BadInput() {}

    private static Scenario row(String name, String what, String required, Evidence... shownBy) {
        return new Scenario(Scenario.Table.BAD_INPUT, name, what, required, List.of(shownBy));
    }
}
