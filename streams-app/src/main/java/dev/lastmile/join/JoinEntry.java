package dev.lastmile.join;

import java.util.ArrayList;
import java.util.List;

/** What is kept under one inference id: the inference, or the ground truths that wait for it. */
public sealed interface JoinEntry {

    /** What it has in common with others. */
    Origin origin();

    /** When the entry is of no more use, on the clock of broker append times. */
    long deadlineMs();

    /** Which records wait in it. */
    Waiting waiting();

    /** How many characters of customers' text it holds. */
    int textLength();

    /**
     * The inference is known.
     *
     * @param inference what is kept of it
     * @param deadlineMs after this no ground truth can come that is not too late
     */
    record Known(KnownInference inference, long deadlineMs) implements JoinEntry {

        @Override
        public Origin origin() {
            return inference.origin();
        }

        @Override
        public Waiting waiting() {
            return inference.isLabelled() ? Waiting.NOTHING : Waiting.INFERENCE;
        }

        @Override
        public int textLength() {
            return inference.output() == null ? 0 : inference.output().textLength();
        }
    }

    /**
     * Only ground truths came so far.
     *
     * @param origin of all that wait for an inference of their deployment
     * @param truths in order of arrival
     * @param deadlineMs after this their inference can no longer come
     */
    record Parked(Origin origin, List<ParkedTruth> truths, long deadlineMs) implements JoinEntry {

        /** More different truths than this for one unknown inference are refused. */
        public static final int MAX_PARKED = 16;

        public Parked {
            truths = List.copyOf(truths);
        }

        @Override
        public Waiting waiting() {
            return new Waiting(0, truths.stream().mapToLong(ParkedTruth::copies).sum());
        }

        @Override
        public int textLength() {
            return truths.stream().mapToInt(truth -> truth.truth().textLength()).sum();
        }

        boolean isFull() {
            return truths.size() >= MAX_PARKED;
        }

        boolean holds(ParkedTruth truth) {
            return truths.stream().anyMatch(truth::saysTheSameAs);
        }

        Parked with(ParkedTruth truth, long newDeadlineMs) {
            List<ParkedTruth> more = new ArrayList<>(truths.size() + 1);
            boolean counted = false;
            for (ParkedTruth parked : truths) {
                boolean same = parked.saysTheSameAs(truth);
                more.add(same ? parked.oneMore() : parked);
                counted |= same;
            }
            if (!counted) {
                more.add(truth);
            }
            return new Parked(origin, more, Math.max(deadlineMs, newDeadlineMs));
        }
    }
}
