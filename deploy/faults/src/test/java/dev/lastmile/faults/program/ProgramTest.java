package dev.lastmile.faults.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.faults.campaign.Campaigns;
import dev.lastmile.faults.fuzz.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProgramTest {

    @ParameterizedTest
    @EnumSource
    void everyRunOfItHasItsName(Program program) {
        assertThat(program.runs()).extracting(Program.Run::name).doesNotHaveDuplicates();
    }

    /** What has to be shown once of a release. */
    @ParameterizedTest
    @CsvSource({
        "KILLS, 500",
        "BROKER, 50",
        "ZOMBIES, 30",
        "END_TXN, 500",
        "STATE, 40",
        "BROKERS, 20",
        "ATTACKS, 40",
        "FUZZ_RECORD, 50000000",
        "FUZZ_BROKER, 2000000",
        "FUZZ_SCHEMA, 5000",
        "FUZZ_SLICE, 10000000"
    })
    void theLongOneHasSoManyOf(Part part, long count) {
        long sum = runs(part).stream()
                .mapToLong(run -> Long.parseLong(part.work().size(run.number())))
                .sum();

        assertThat(sum).isEqualTo(count);
    }

    private static List<Program.Run> runs(Part part) {
        return Program.LONG.runs().stream().filter(run -> run.part() == part).toList();
    }

    @Test
    void theLongOneHasEveryMistakeOnceAndASoak() {
        assertThat(runs(Part.PLANTED)).extracting(Program.Run::name).contains("PLANTED-AT_LEAST_ONCE-1");
        assertThat(runs(Part.PLANTED)).extracting(Program.Run::seed).containsOnly(1L);
        assertThat(runs(Part.SOAK)).extracting(Program.Run::name).containsExactly("SOAK-PT1H15M-1");
        assertThat(Part.SOAK.leastHeapBytes()).isPositive();
    }

    @Test
    void everyCampaignAndEveryFuzzerIsAPart() {
        Stream<String> all = Stream.concat(
                Arrays.stream(Campaigns.values()).map(Enum::name),
                Arrays.stream(Kind.values()).map(kind -> "FUZZ_" + kind));

        assertThat(Part.values()).extracting(Enum::name).containsAll(all.toList());
    }
}
