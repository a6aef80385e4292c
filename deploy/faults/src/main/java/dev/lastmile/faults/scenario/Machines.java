package dev.lastmile.faults.scenario;

import static dev.lastmile.faults.scenario.Evidence.fault;
import static dev.lastmile.faults.scenario.Evidence.test;

import java.util.List;

/** What may happen to the monitor and to what it runs on. Whatever it is: sums are exact afterwards, or the monitor says why not. */
final class Machines {

    private static final String TOPICS = "faults.refusal.ChangedTopicsTest#";
    private static final String STARTS = "faults.refusal.WrongStartTest#";

    static final List<Scenario> SCENARIOS = List.of(
            row(
                    "killed",
                    "`kill -9` at any time, while it starts or restores too",
                    "exact; ready again within ten seconds and what restoring takes",
                    fault("kill -9 of the monitor"),
                    fault("restart in good order"),
                    test("faults.exactness.EmbeddedBrokerCrashTest"
                            + "#aMonitorKilledInTheMiddleOfTheStreamCountsEverythingExactlyOnce"),
                    test("faults.campaign.PlantedBugTest#isCaught"),
                    test("faults.campaign.PlantedBugTest#withoutOneAllThatIsPromisedHolds")),
            row(
                    "zombie",
                    "it stands still in the midst of a transaction until another one has taken over, and goes on",
                    "the broker keeps the zombie out, which says so; exact",
                    fault("zombie")),
            row(
                    "rebalance-storm",
                    "an instance comes or goes each second",
                    "records are counted meanwhile; exact",
                    fault("rebalance storm"),
                    test("faults.exactness.EmbeddedBrokerCrashTest#instancesThatComeAndGoCountEverythingExactlyOnce")),
            row(
                    "broker-away",
                    "the broker is killed, stopped for a minute, absent when the monitor starts, or takes connections and says"
                            + " nothing",
                    "the monitor lives, is not ready (503) and says why; ready within 30 s of the broker; exact",
                    fault("kill -9 of the broker"),
                    fault("the broker is stopped"),
                    fault("the broker is away for a minute"),
                    fault("the broker is absent at the start"),
                    fault("connections half open"),
                    fault("one of the brokers is killed"),
                    test("app.MonitorTest#withoutABrokerItLivesAndSaysWhyItIsNotReadyAndStopsWithinTenSeconds"),
                    test("app.MonitorTest#aBrokerWhoseNameHasNoAddressIsWaitedFor")),
            row(
                    "end-of-transaction",
                    "the end of a transaction, or the answer to it, is lost or late",
                    "exact",
                    fault("END_TXN cut")),
            row(
                    "state-damaged",
                    "files of the state directory are gone, or not what was written",
                    "that task's state is given up and read back, at most three times an hour, counted and alerted, or read back as if"
                            + " it had never been, where nothing is left that could be wrong; exact",
                    fault("state: DIRECTORY_DELETED"),
                    fault("state: FILES_DELETED"),
                    fault("state: BYTES_CHANGED"),
                    fault("state: FILES_CUT"),
                    test("topology.damage.DamagesTest#notMoreOftenThanThreeTimesAnHour"),
                    test("topology.damage.SelfRestoringTest"
                            + "#oneByteThatIsNotWhatWasWrittenGivesItUpBeforeItIsRead")),
            row(
                    "state-disk-full",
                    "no room for state, at the start or from some time on",
                    "not ready, `state_disk_full`; nothing wrong is committed; goes on once there is room",
                    fault("state disk full"),
                    fault("state disk becomes full"),
                    test("topology.damage.DamagesTest#aFullDiskIsNoDamageAndIsForgottenOnceItIsWrittenAgain")),
            row(
                    "topics-changed",
                    "an own topic is deleted, an input gets partitions or is made anew, or is not kept for as long as nobody reads",
                    "exit code 2 within half a minute, with a line that names the topic; what was deleted unread is counted and"
                            + " alerted",
                    test(TOPICS + "anOwnTopicThatWasDeletedMeanwhileIsNamedAndNotMadeAnewEmpty"),
                    test(TOPICS + "anOwnTopicThatIsDeletedUnderARunningMonitorIsNamed"),
                    test(TOPICS + "partitionsThatAreAddedToAnInputAreNamed"),
                    test(TOPICS + "anInputThatIsMadeAnewUnderARunningMonitorIsNamed"),
                    test(TOPICS + "whatIsNotKeptForAsLongAsTheMonitorIsAwayIsCountedAsLost"),
                    test("local.bundle.BundlingConsumerTest#aTopicThatHoldsLessThanWasReadIsRefused"),
                    test("local.bundle.BundlingConsumerTest#whatTheBrokerDeletedTooEarlyIsCountedAndLeftToItsUser")),
            row(
                    "clock",
                    "the monitor's clock is an hour ahead, or behind",
                    "the same results",
                    fault("clock +1 h"),
                    fault("clock -1 h")),
            row(
                    "wrong-start",
                    "a wrong setting, a missing right, brokers without `transaction.version` 2",
                    "one line that names it, and exit code 2 within half a minute",
                    test(STARTS + "aWrongSettingIsNamed"),
                    test(STARTS + "brokersWithoutTheTransactionsThatItNeedsAreRefused"),
                    test("local.tenants.MissingRightTest#endsTheMonitorWithinHalfAMinuteAndIsNamed"),
                    test("local.tenants.MonitorRightsTest"
                            + "#aCustomerOfWhomSomethingIsMissingIsTakenUpOnceItIsThereAndHoldsUpNobody"),
                    test("app.MainTest#aWrongKeyIsOneLineWithItsPathAndExitCode2")),
            row(
                    "previous-release",
                    "state that the release before has written",
                    "read and gone on with",
                    test("faults.exactness.UpgradeTest#changelogsOfAnEarlierBuildAreGoneOnFrom"),
                    test("faults.exactness.UpgradeTest#aStateDirectoryOfAnEarlierBuildIsGoneOnFrom"),
                    test("faults.exactness.UpgradeTest"
                            + "#aFormatThatIsNotKnownIsRefusedInOneLineAndAnotherApplicationIdCountsAnew")));

    private Machines() {}

    private static Scenario row(String name, String what, String required, Evidence... shownBy) {
        return new Scenario(Scenario.Table.MACHINES, name, what, required, List.of(shownBy));
    }
}
