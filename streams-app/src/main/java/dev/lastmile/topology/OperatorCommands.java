package dev.lastmile.topology;

/** Where operators' commands come from, and how they are read; called from stream threads. */
public interface OperatorCommands {

    /** The topic: keys are {@code customer/deployment}, values whatever {@link #read} reads. */
    String topic();

    /**
     * The command in a record's value. One that is wrong is a refusal, never an exception.
     *
     * @param policy of the deployment that the record's key names
     * @param atMs when the record was appended
     */
    BaselineCommand read(DeploymentPolicy policy, byte[] value, long atMs);

    /** Told of a record whose key names no deployment, so that there is none to count it under. */
    void unaddressed();
}
