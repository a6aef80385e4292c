package dev.lastmile.detection;

/**
 * How much an inference counts where those of one session (a speaker, a conversation) are not independent of each other.
 *
 * <p>A weight w ≤ 1 multiplies log L of every bet. With w = 1/m, m the size of the largest session, the guarantee is proved
 * whatever the dependence within sessions, for looks that fall between sessions: by Hölder's inequality E Π L_i^(1/m) ≤
 * Π (E L_i)^(1/m) ≤ 1 over the members of a session. A look while sessions are open takes in a part of each, of
 * which this is not so: with L_1 one half or three halves and L_2 = 2 − L_1, whoever stops after the first label when it is
 * high has 1.045 on average. What is open is few labels beside the hundreds an alarm takes. With w = 1/deff it is approximate: the variance of the weighted sum is then what independent inferences would
 * have, and log-normal products of them keep their expectation.
 */
public sealed interface SessionWeighting {

    /** The design effect, from the sessions seen so far; 1/2 until enough are known. Without session ids the weight is 1. */
    record Estimated() implements SessionWeighting {}

    /** Inferences are taken as independent. */
    record Independent() implements SessionWeighting {}

    /**
     * One over the largest session, which is proved between sessions, and slow.
     *
     * @param inferences the most labelled inferences that one session has, at least 1; a larger one that is seen counts instead
     */
    record Largest(int inferences) implements SessionWeighting {
        public Largest {
            if (inferences < 1) {
                throw new IllegalArgumentException("largest must be >= 1: " + inferences);
            }
        }
    }
}
