package dev.lastmile.topology;

/** Makes sure that a customer's output topics exist before anything is sent to them. */
public interface CustomerTopics {

    /** Returns once the topics exist; called when a task meets a customer for the first time. */
    void require(String customer);
}
