package dev.lastmile.benchmarks.throughput.contestant.flink;

import dev.lastmile.benchmarks.throughput.contestant.Contestant;
import dev.lastmile.benchmarks.throughput.contestant.Stage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;

/** A job of Flink at work. */
final class RunningJob implements Contestant.Running {

    private static final long STOPS_WITHIN_SECONDS = 60;

    /** Until the first checkpoint may be complete. */
    private static final long STARTS_WITHIN_SECONDS = 4;

    /** On average; one that is still under way at the next one's time puts that off. */
    private static final long CHECKPOINT_WITHIN_SECONDS = 2;

    private final JobClient job;
    private final Stage stage;
    private final long expected;
    private final CompletableFuture<JobExecutionResult> ended;
    private final Results results;
    private final long startNanos = System.nanoTime();

    /** @param expected labelled inferences, of all slices together */
    RunningJob(JobClient job, Stage stage, long expected) {
        this.job = job;
        this.stage = stage;
        this.expected = expected;
        this.ended = job.getJobExecutionResult();
        this.results = Results.of(stage.application());
    }

    @Override
    public boolean isDone() {
        if (ended.isDone()) {
            // Topics have no end, so a job that ended has failed.
            throw new IllegalStateException("the job died", failure());
        }
        return results.labelled() >= expected;
    }

    private Throwable failure() {
        return ended.handle((result, thrown) -> thrown == null ? new IllegalStateException("ended early") : thrown)
                .join();
    }

    @Override
    public String difference() {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos);
        long checkpoints = results.checkpoints();
        // Exactly once costs what its checkpoints cost.
        return areEnough(checkpoints, seconds)
                ? stage.expected().differenceFrom(results.sums())
                : checkpoints + " checkpoints in " + seconds + " seconds";
    }

    /** Whether a job that ran for so long has completed as many checkpoints as it must. */
    static boolean areEnough(long checkpoints, long seconds) {
        return checkpoints >= (seconds - STARTS_WITHIN_SECONDS) / CHECKPOINT_WITHIN_SECONDS;
    }

    @Override
    public void close() {
        try {
            job.cancel().get(STOPS_WITHIN_SECONDS, TimeUnit.SECONDS);
            // The cluster of the job stops after it, and the next run of this JVM is to be alone.
            ended.handle((result, thrown) -> "").get(STOPS_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the job did not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Results.forget(stage.application());
        }
    }
}
