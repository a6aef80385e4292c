package dev.lastmile.local.simulation.trial;

import dev.lastmile.local.simulation.method.Method;
import dev.lastmile.local.simulation.method.Tunable;
import dev.lastmile.local.simulation.traffic.Pace;
import dev.lastmile.local.simulation.traffic.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;

/**
 * Finds for each method the knob's position at which it gives a promised number of false alarms while nothing is wrong: its
 * most sensitive setting that an on-call team could live with. On streams of its own, so that it is not measured by what it
 * was tuned on.
 *
 * @param runner with the seed of everything
 * @param runs how many streams
 * @param labels how long each is
 * @param perHundredThousand the false alarms aimed at, per 100,000 labelled inferences
 */
public record Tuning(Runner runner, int runs, long labels, double perHundredThousand) {

    private static final int POSITIONS = 9;
    private static final int ROUNDS = 2;
    private static final long SALT = 0x7475_6e65L;

    /** A rate of 0 in a finite number of labels is taken for half an alarm. */
    private static final double NONE_SEEN = 0.5;

    /**
     * Tunes methods, all on the same streams.
     *
     * @param traffic nothing is wrong with it
     * @param progress is told which share is done
     * @return in the same order, with the same labels
     */
    public List<Tunable> tune(List<? extends Tunable> methods, Traffic traffic, Pace pace, DoubleConsumer progress)
            throws InterruptedException {
        List<Tunable.Range> ranges = new ArrayList<>();
        methods.forEach(method -> ranges.add(method.range()));
        List<Tunable> tuned = new ArrayList<>(methods);
        for (int round = 0; round < ROUNDS; round++) {
            double before = round / (double) ROUNDS;
            List<double[]> rates =
                    rates(methods, ranges, traffic, pace, share -> progress.accept(before + share / ROUNDS));
            for (int i = 0; i < methods.size(); i++) {
                Tunable.Range range = ranges.get(i);
                int upper = firstThatMeets(rates.get(i));
                tuned.set(i, methods.get(i).with(methods.get(i).label(), between(range, rates.get(i), upper)));
                ranges.set(
                        i,
                        new Tunable.Range(
                                position(range, Math.max(0, upper - 1)), position(range, Math.max(1, upper))));
            }
        }
        return tuned;
    }

    private List<double[]> rates(
            List<? extends Tunable> methods,
            List<Tunable.Range> ranges,
            Traffic traffic,
            Pace pace,
            DoubleConsumer progress)
            throws InterruptedException {
        List<Method> candidates = new ArrayList<>();
        for (int i = 0; i < methods.size(); i++) {
            for (int at = 0; at < POSITIONS; at++) {
                candidates.add(methods.get(i).with(methods.get(i).label(), position(ranges.get(i), at)));
            }
        }
        Scenario nothingWrong = Scenario.nothingWrong("tuning", pace, traffic, labels);
        Result result = runner.reseeded(SALT)
                .run(List.of(new Trial(nothingWrong, candidates, runs)), progress)
                .get(0);
        List<double[]> rates = new ArrayList<>();
        for (int i = 0; i < methods.size(); i++) {
            double[] its = new double[POSITIONS];
            for (int at = 0; at < POSITIONS; at++) {
                AlarmRate rate = AlarmRate.of(result.of(i * POSITIONS + at, Outcome.Alarms.class));
                its[at] = Math.max((double) rate.alarms(), NONE_SEEN) / rate.labels() * AlarmRate.PER;
            }
            rates.add(its);
        }
        return rates;
    }

    private static double position(Tunable.Range range, int at) {
        return range.least() + (range.greatest() - range.least()) * at / (POSITIONS - 1);
    }

    private int firstThatMeets(double[] rates) {
        for (int at = 0; at < rates.length; at++) {
            if (rates[at] <= perHundredThousand) {
                return at;
            }
        }
        return rates.length - 1;
    }

    /** Between two positions the logarithm of the rate is taken to be linear, as it is for a CUSUM. */
    private double between(Tunable.Range range, double[] rates, int upper) {
        if (upper == 0 || rates[upper] > perHundredThousand) {
            return position(range, upper);
        }
        double above = Math.log(rates[upper - 1] / perHundredThousand);
        double below = Math.log(perHundredThousand / rates[upper]);
        double share = above + below == 0 ? 1 : above / (above + below);
        double from = position(range, upper - 1);
        return from + (position(range, upper) - from) * share;
    }
}
