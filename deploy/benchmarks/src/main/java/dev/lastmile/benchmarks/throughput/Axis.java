package dev.lastmile.benchmarks.throughput;

import dev.lastmile.benchmarks.Requirement;
import dev.lastmile.benchmarks.load.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What grows while all else stays. */
enum Axis {
    EVENTS("inferences", 0, 0) {
        @Override
        List<Step> steps(int inferences) {
            return DoubleStream.of(0.2, 1, 5)
                    .mapToObj(factor -> step(scaled(inferences, factor), scaled(inferences, factor), Shape.USUAL, 0, 1))
                    .toList();
        }
    },
    SLICES("slices an event, of eight attributes", 2, 1.4) {
        @Override
        List<Step> steps(int inferences) {
            return List.of(
                    step(5, inferences, Shape.USUAL.withFiveOfEight(), 0, 1),
                    step(50, inferences, Shape.USUAL.withFiftyOfEight(), 0, 1));
        }
    },
    DEPLOYMENTS("deployments", 1.25, 1.25) {
        @Override
        List<Step> steps(int inferences) {
            return IntStream.of(20, 2_000)
                    .mapToObj(number -> step(number, inferences, Shape.USUAL.withDeployments(number), 0, 1))
                    .toList();
        }
    },
    CORRECTIONS("% of ground truths corrected", 0, 0) {
        @Override
        List<Step> steps(int inferences) {
            return IntStream.of(0, 20)
                    .mapToObj(percent -> step(percent, inferences, Shape.USUAL.withCorrected(percent / 100.0), 0, 1))
                    .toList();
        }
    },
    CUSTOMERS("customers, of 200 deployments", 1.25, 1.25) {
        @Override
        List<Step> steps(int inferences) {
            return IntStream.of(1, 200)
                    .mapToObj(number -> step(
                            number, inferences, Shape.USUAL.withDeployments(200).withCustomers(number), 0, 1))
                    .toList();
        }
    },
    WAITING("inferences that wait", 1.6, 1.25) {
        @Override
        List<Step> steps(int inferences) {
            return DoubleStream.of(0.1, 1, 10)
                    .mapToInt(factor -> scaled(inferences, factor))
                    .mapToObj(number -> step(number, inferences, Shape.USUAL, number, 1))
                    .toList();
        }
    },
    INSTANCES("instances on one machine", 0, 0) {
        @Override
        List<Step> steps(int inferences) {
            return IntStream.of(1, 2, 4)
                    .mapToObj(number -> step(number, inferences, Shape.USUAL, 0, number))
                    .toList();
        }
    };

    /** As much, within a tenth. */
    private static final double FLAT = 1.1;

    private final String unit;
    private final double must;
    private final double aim;

    /**
     * @param must how many times as much an event may cost at the end as at the beginning; 0 where nothing is claimed
     */
    Axis(String unit, double must, double aim) {
        this.unit = unit;
        this.must = must;
        this.aim = aim;
    }

    /** From least to most. */
    abstract List<Step> steps(int inferences);

    /** What is counted along it. */
    String unit() {
        return unit;
    }

    /** As tables show it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the cost of an event is held to, last step over first; empty where nothing is claimed. */
    Optional<Requirement> costHeldTo(double growth) {
        return must == 0
                ? Optional.empty()
                : Optional.of(new Requirement(
                        label() + ": processor time an event",
                        OptionalDouble.of(growth),
                        must,
                        aim,
                        false,
                        "last step over first"));
    }

    /** What the messages to the second stage in a second are held to, last step over first; empty where nothing is claimed. */
    Optional<Requirement> messagesHeldTo(double growth) {
        return this != SLICES
                ? Optional.empty()
                : Optional.of(new Requirement(
                        label() + ": messages a second to the second stage",
                        OptionalDouble.of(growth),
                        FLAT,
                        FLAT,
                        false,
                        "last step over first"));
    }

    Step step(int number, int inferences, Shape shape, int waiting, int instances) {
        return new Step(this, number, inferences, shape, waiting, instances);
    }

    private static int scaled(int inferences, double factor) {
        return Math.toIntExact(Math.round(inferences * factor));
    }
}
