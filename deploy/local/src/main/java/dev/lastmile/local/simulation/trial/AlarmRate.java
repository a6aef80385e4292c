package dev.lastmile.local.simulation.trial;

import dev.lastmile.stats.Interval;
import java.util.List;

/**
 * Alarms over labelled inferences.
 *
 * @param alarms how many
 * @param labels in how many labelled inferences
 * @param runsWithAny runs with one or more
 */
public record AlarmRate(long alarms, long labels, int runsWithAny) {

    /** Rates are given for so many labelled inferences. */
    public static final double PER = 100_000;

    private static final double TAIL = 0.025;

    /** The z of that tail. */
    private static final double TAIL_Z = 1.959963985;

    /** Above so many alarms a close approximation spares the sum over all of them. */
    private static final long MANY = 200;

    /** All calls. */
    public static AlarmRate of(List<Outcome.Alarms> runs) {
        long alarms = 0;
        long labels = 0;
        int any = 0;
        for (Outcome.Alarms run : runs) {
            alarms += run.disparate() + run.worse();
            labels += run.labels();
            any += run.disparate() + run.worse() > 0 ? 1 : 0;
        }
        return new AlarmRate(alarms, labels, any);
    }

    /** Only the calls that name a slice as worse than others. */
    public static AlarmRate ofDisparate(List<Outcome.Alarms> runs) {
        long alarms = 0;
        long labels = 0;
        int any = 0;
        for (Outcome.Alarms run : runs) {
            alarms += run.disparate();
            labels += run.labels();
            any += run.disparate() > 0 ? 1 : 0;
        }
        return new AlarmRate(alarms, labels, any);
    }

    /** Alarms per 100,000 labelled inferences. */
    public double rate() {
        return alarms / (double) labels * PER;
    }

    /**
     * The 95 % interval of the rate where alarms are a Poisson number; alarms that come in clusters vary more. F. Garwood,
     * Biometrika 28, 1936: the rates at which so many, or so few, would be seen with probability .025. For many alarms after
     * Wilson and Hilferty, PNAS 17, 1931: {@code n·(1 − 1/(9n) ± z/(3√n))³}, n the alarms, and one more for the upper end.
     */
    public Interval interval() {
        if (alarms > MANY) {
            return new Interval(
                    wilsonHilferty(alarms, -TAIL_Z) / labels * PER, wilsonHilferty(alarms + 1, TAIL_Z) / labels * PER);
        }
        double lower = alarms == 0 ? 0 : meanWhere(alarms - 1, 1 - TAIL);
        return new Interval(lower / labels * PER, meanWhere(alarms, TAIL) / labels * PER);
    }

    private static double wilsonHilferty(long n, double z) {
        double root = 1 - 1 / (9.0 * n) + z / (3 * Math.sqrt((double) n));
        return n * root * root * root;
    }

    /** The λ at which a Poisson number is at most k with this probability. */
    private static double meanWhere(long k, double probability) {
        double low = 0;
        double high = 2 * k + 20.0;
        for (int halving = 0; halving < 60; halving++) {
            double middle = (low + high) / 2;
            if (atMost(k, middle) > probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private static double atMost(long k, double mean) {
        double logTerm = -mean;
        double sum = Math.exp(logTerm);
        for (long i = 1; i <= k; i++) {
            logTerm += Math.log(mean / i);
            sum += Math.exp(logTerm);
        }
        return sum;
    }
}
