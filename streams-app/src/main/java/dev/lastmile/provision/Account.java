package dev.lastmile.provision;

import dev.lastmile.schema.Topics;

/**
 * A user of the cluster. Customers' users all begin with {@value #CUSTOMERS} and nobody else's does, so that no customer's
 * name can be that of an administrator or of a monitor.
 *
 * @param name as the brokers know it
 */
public record Account(String name) {

    /** Everybody, in a right of Kafka's. */
    static final String EVERYBODY = "User:*";

    private static final String USER = "User:";
    private static final String CUSTOMERS = "lastmile.";

    public Account {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
    }

    /** The user as whom a customer sends and reads. */
    public static Account ofCustomer(String customer) {
        if (!Topics.isCustomer(customer)) {
            throw new IllegalArgumentException("customer must match [a-z0-9-]{1,32}");
        }
        return new Account(CUSTOMERS + customer);
    }

    /** The user as whom the monitors of an application id run. */
    public static Account ofMonitor(String applicationId) {
        if (applicationId.startsWith(CUSTOMERS)) {
            throw new IllegalArgumentException("applicationId must not begin with " + CUSTOMERS
                    + ", as customers' users and topics do: " + applicationId);
        }
        return new Account(applicationId);
    }

    /** As rights name it. */
    public String principal() {
        return USER + name;
    }

    /** Whether a principal is a customer's, known or not. */
    static boolean isCustomers(String principal) {
        return principal.startsWith(USER + CUSTOMERS);
    }

    /** Whether a user's name is a customer's, known or not. */
    static boolean isCustomersName(String name) {
        return name.startsWith(CUSTOMERS);
    }
}
