package dev.lastmile.local.simulation.trial;

import dev.lastmile.local.simulation.traffic.SessionTables;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoubleConsumer;

/**
 * Runs trials, all their runs in parallel. A run draws from a seed that depends on the scenario's name and the run's number
 * alone, so that results depend neither on the number of threads nor on what else is run.
 *
 * @param threads how many runs at a time
 * @param baselineLabels labelled inferences that every method learns from before it watches
 * @param seed of all runs
 */
public record Runner(int threads, long baselineLabels, long seed) {

    public Runner {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be >= 1: " + threads);
        }
        if (baselineLabels < 1) {
            throw new IllegalArgumentException("baselineLabels must be >= 1: " + baselineLabels);
        }
    }

    /** A runner of other streams, such as those that methods are tuned on. */
    public Runner reseeded(long salt) {
        return new Runner(threads, baselineLabels, mix(seed, salt));
    }

    /**
     * Runs them all.
     *
     * @param progress is told, on this thread, which share of all runs is done
     */
    public List<Result> run(List<Trial> trials, DoubleConsumer progress) throws InterruptedException {
        SessionTables tables = new SessionTables();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            ExecutorCompletionService<List<Outcome>> completion = new ExecutorCompletionService<>(pool);
            List<List<Future<List<Outcome>>>> futures = new ArrayList<>();
            int total = 0;
            for (Trial trial : trials) {
                List<Future<List<Outcome>>> its = new ArrayList<>();
                for (int run = 0; run < trial.runs(); run++) {
                    long runSeed = seedOf(trial.scenario(), run);
                    its.add(completion.submit(() -> new Run(trial, tables, baselineLabels, runSeed).play()));
                    total++;
                }
                futures.add(its);
            }
            for (int done = 1; done <= total; done++) {
                resultOf(completion.take());
                progress.accept(done / (double) total);
            }
            List<Result> results = new ArrayList<>();
            for (int i = 0; i < trials.size(); i++) {
                List<List<Outcome>> runs = new ArrayList<>();
                for (Future<List<Outcome>> future : futures.get(i)) {
                    runs.add(resultOf(future));
                }
                results.add(new Result(trials.get(i), runs));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private static List<Outcome> resultOf(Future<List<Outcome>> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a run failed", e.getCause());
        }
    }

    private long seedOf(Scenario scenario, int run) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < scenario.name().length(); i++) {
            hash = (hash ^ scenario.name().charAt(i)) * 0x100000001b3L;
        }
        return mix(mix(seed, hash), run);
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long value, long salt) {
        long z = value + 0x9e3779b97f4a7c15L * (salt + 1);
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
