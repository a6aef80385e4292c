package dev.lastmile.faults.fuzz.run;

import java.io.IOException;
import java.util.SplittableRandom;

/** Makes inputs of one kind, gives them to the product, and says what of its promises did not hold. Used by one thread. */
public interface Fuzzer extends AutoCloseable {

    /** What is fuzzed, as commands, reports and the corpus name it. */
    String name();

    /** An input, all of which the random numbers decide. */
    byte[] input(SplittableRandom random) throws IOException;

    /**
     * Gives the product an input: one that {@link #input} made, one of the corpus, or any other bytes.
     *
     * @return what became of it, in a word
     * @throws Finding where a promise did not hold
     * @throws Exception likewise: the product throws nothing that it does not declare
     */
    String tryOut(byte[] input) throws Exception;

    /** What one input may cost. */
    Allowance allowanceFor(byte[] input);

    @Override
    default void close() throws IOException {}
}
