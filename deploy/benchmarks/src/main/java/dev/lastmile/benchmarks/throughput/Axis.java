package dev.lastmile.benchmarks.throughput;

import dev.lastmile.benchmarks.Requirement;
import dev.lastmile.benchmarks.load.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What grows while all else stays; what takes long comes last. */
enum Axis {
    RATE("events a second", 0, 0) {
        @Override
        List<Step> steps(Scale scale) {
            return IntStream.of(1, 10)
                    .map(scale::perSecond)
                    .mapToObj(number -> steady(number, Shape.USUAL, number, scale))
                    .toList();
        }
    },
    STEADY_SLICES("slices an event, of eight attributes, at a steady rate", 0, 0) {
        @Override
        List<Step> steps(Scale scale) {
            return List.of(
                    steady(5, Shape.USUAL.withFiveOfEight(), scale.perSecond(), scale),
                    steady(50, Shape.USUAL.withFiftyOfEight(), scale.perSecond(), scale));
        }
    },
    SLICES("slices an event, of eight attributes", 2, 1.4) {
        @Override
        List<Step> steps(Scale scale) {
            return List.of(
                    backlog(5, Shape.USUAL.withFiveOfEight(), scale),
                    backlog(50, Shape.USUAL.withFiftyOfEight(), scale));
        }
    },
    DEPLOYMENTS("deployments", 1.25, 1.25) {
        @Override
        List<Step> steps(Scale scale) {
            return IntStream.of(20, 2_000)
                    .mapToObj(number -> backlog(number, Shape.USUAL.withDeployments(number), scale))
                    .toList();
        }
    },
    CUSTOMERS("customers, of 200 deployments", 1.25, 1.25) {
        @Override
        List<Step> steps(Scale scale) {
            return IntStream.of(1, 200)
                    .mapToObj(number ->
                            backlog(number, Shape.USUAL.withDeployments(200).withCustomers(number), scale))
                    .toList();
        }
    },
    CORRECTIONS("% of ground truths corrected", 0, 0) {
        @Override
        List<Step> steps(Scale scale) {
            return IntStream.of(0, 20)
                    .mapToObj(percent -> backlog(percent, Shape.USUAL.withCorrected(percent / 100.0), scale))
                    .toList();
        }
    },
    INSTANCES("instances on one machine", 0, 0) {
        @Override
        List<Step> steps(Scale scale) {
            return IntStream.of(1, 2, 4)
                    .mapToObj(number -> new Step(this, number, new Backlog(scale.inferences()), Shape.USUAL, 0, number))
                    .toList();
        }
    },
    EVENTS("inferences", 0, 0) {
        @Override
        List<Step> steps(Scale scale) {
            return DoubleStream.of(0.2, 1, 5)
                    .mapToInt(scale::inferences)
                    .mapToObj(number -> new Step(this, number, new Backlog(number), Shape.USUAL, 0, 1))
                    .toList();
        }
    },
    WAITING("inferences that wait", 1.6, 1.25) {
        @Override
        List<Step> steps(Scale scale) {
            return DoubleStream.of(0.1, 1, 10)
                    .mapToInt(scale::inferences)
                    .mapToObj(number -> new Step(this, number, new Backlog(scale.inferences()), Shape.USUAL, number, 1))
                    .toList();
        }
    };

    /** As much, within a tenth. */
    private static final double FLAT = 0.1;

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
    abstract List<Step> steps(Scale scale);

    /** What is counted along it. */
    String unit() {
        return unit;
    }

    /** As tables show it. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** What the cost of an event is held to, last step over first; empty where nothing is claimed. */
    Optional<Requirement> costHeldTo(double growth) {
        return must == 0
                ? Optional.empty()
                : Optional.of(requirement("processor time an event", growth, must, aim, false));
    }

    /**
     * Whether messages to the second stage in a second are to stay as many: where events come at a rate. Of a backlog they say
     * only how many commits there are while all processors are busy.
     */
    boolean holdsMessages() {
        return this == RATE || this == STEADY_SLICES;
    }

    /** What the messages to the second stage in a second are held to, last step over first; none where nothing is claimed. */
    List<Requirement> messagesHeldTo(double growth) {
        String what = "messages a second to the second stage";
        return holdsMessages()
                ? List.of(
                        requirement(what, growth, 1 + FLAT, 1 + FLAT, false),
                        requirement(what, growth, 1 - FLAT, 1 - FLAT, true))
                : List.of();
    }

    private Requirement requirement(String what, double growth, double bound, double aimedAt, boolean atLeast) {
        return new Requirement(
                label() + ": " + what, OptionalDouble.of(growth), bound, aimedAt, atLeast, "last step over first");
    }

    Step backlog(int number, Shape shape, Scale scale) {
        return new Step(this, number, new Backlog(scale.inferences()), shape, 0, 1);
    }

    Step steady(int number, Shape shape, int perSecond, Scale scale) {
        return new Step(this, number, new SteadyRate(perSecond, scale.steadySeconds()), shape, 0, 1);
    }
}
