package dev.lastmile.benchmarks.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

final class FleetTest {

    private static final Measured MEASURED = Measured.read();

    private static Fleet fleet(double zipf, long seed) {
        return new Fleet(Demand.of(1e8, 500, 10), 7, 20, zipf, seed);
    }

    private static List<Strain> strainsOf(Fleet fleet) {
        return Strains.of(fleet.place(Headroom.USUAL), Capacity.USUAL, Headroom.USUAL, MEASURED);
    }

    private static double used(Fleet fleet, String what) {
        return strainsOf(fleet).stream()
                .filter(strain -> strain.what().startsWith(what))
                .findFirst()
                .orElseThrow()
                .used();
    }

    @Test
    void allTrafficAndAllDeploymentsArePlaced() {
        Fleet.Placed placed = fleet(1, 1).place(Headroom.USUAL);

        assertThat(placed.whole().deployments()).isEqualTo(500);
        assertThat(placed.whole().work().inferences())
                .isCloseTo(1e8 / 86_400 * Headroom.USUAL.peakToMean(), within(1e-6));
    }

    @Test
    void instancesTogetherHaveAllOfIt() {
        Fleet.Placed placed = fleet(1, 1).place(Headroom.USUAL);

        double inferences = 0;
        for (int instance = 0; instance < 7; instance++) {
            inferences += placed.of(instance).work().inferences();
        }

        assertThat(inferences).isCloseTo(placed.whole().work().inferences(), within(1e-6));
        assertThat(placed.firstTasks().stream().mapToInt(tasks -> tasks).sum()).isEqualTo(20);
    }

    @Test
    void tasksAreDealtOutEvenly() {
        Fleet.Placed placed = fleet(1, 1).place(Headroom.USUAL);

        assertThat(placed.firstTasks()).allMatch(tasks -> tasks == 2 || tasks == 3);
        for (int instance = 0; instance < 7; instance++) {
            assertThat(Collections.frequency(placed.owners(), instance)).isBetween(2, 3);
        }
    }

    @Test
    void theSameSeedPlacesTheSame() {
        assertThat(fleet(1, 4).place(Headroom.USUAL)).isEqualTo(fleet(1, 4).place(Headroom.USUAL));
        assertThat(fleet(1, 4).place(Headroom.USUAL).parts())
                .isNotEqualTo(fleet(1, 5).place(Headroom.USUAL).parts());
    }

    @Test
    void theBusiestPartitionHasTheShareOfTheBusiestDeploymentAtLeast() {
        Fleet.Placed placed = fleet(1, 1).place(Headroom.USUAL);
        double sum = 0;
        for (int rank = 1; rank <= 500; rank++) {
            sum += 1.0 / rank;
        }

        double busiest = placed.parts().stream()
                .mapToDouble(part -> part.work().inferences())
                .max()
                .orElseThrow();

        assertThat(busiest).isGreaterThanOrEqualTo(placed.whole().work().inferences() / sum);
    }

    @Test
    void skewSavesMessagesSinceBusyDeploymentsAreSummedUp() {
        double skewed = fleet(1, 1).place(Headroom.USUAL).whole().work().messages();
        double even = fleet(0, 1).place(Headroom.USUAL).whole().work().messages();

        assertThat(skewed).isLessThan(even);
    }

    @Test
    void aNameIsPlacedAsKafkasPartitionerPlacesIt() {
        assertThat(Fleet.partitionOf("customer-0/deployment-0", 100))
                .isEqualTo(BuiltInPartitioner.partitionForKey(
                        "customer-0/deployment-0".getBytes(StandardCharsets.UTF_8), 100));
    }

    @Test
    void strainsAreInTheOrderOfTheirShares() {
        assertThat(strainsOf(fleet(1, 1)))
                .isSortedAccordingTo((one, other) -> Double.compare(other.share(), one.share()));
    }

    @Test
    void partitionsGrowWithCustomersAndOutputsOfOnePartitionSaveMost() {
        Fleet usual = fleet(1, 1);
        Demand demand = usual.demand();
        Fleet more = usual.with(demand.with(demand.watching().withCustomers(100)));
        Fleet single = more.with(more.demand().with(more.demand().setup().withSingleOutputs()));

        assertThat(used(more, "replicas")).isGreaterThan(9 * used(usual, "replicas"));
        assertThat(used(single, "replicas")).isLessThan(0.5 * used(more, "replicas"));
    }

    @Test
    void aTaskThatHasMoreSlicesNeedsMoreHeapAndALongerPause() {
        Fleet few = fleet(1, 1);
        Fleet many = few.with(few.demand().with(few.demand().watching().withSlices(50, 894)));

        assertThat(used(many, "heap")).isGreaterThan(used(few, "heap"));
        assertThat(used(many, "pause")).isGreaterThan(used(few, "pause"));
        assertThat(used(many, "offsets")).isEqualTo(used(few, "offsets"));
    }

    @Test
    void moreTrafficTakesNoMoreHeapThanPageTablesMayBeyondWhichRocksDbIsAsked() {
        Fleet usual = fleet(1, 1);
        Fleet busy = usual.with(usual.demand().with(Arrivals.of(1e10)));

        assertThat(used(busy, "heap") - used(usual, "heap"))
                .isLessThanOrEqualTo(
                        Heap.tablesMayTakeMiB(usual.demand().setup().heapMiB()));
        assertThat(used(busy, "page tables")).isGreaterThan(10 * used(usual, "page tables"));
    }

    @Test
    void dearerCellsMakeTheSecondStageBusier() {
        Fleet.Placed placed = fleet(1, 1).place(Headroom.USUAL);
        Measured dear = MEASURED.with(Constant.CELL_MICROS, 10 * MEASURED.of(Constant.CELL_MICROS));

        assertThat(placed.whole().work().secondStageCores(dear))
                .isGreaterThan(placed.whole().work().secondStageCores(MEASURED));
    }
}
