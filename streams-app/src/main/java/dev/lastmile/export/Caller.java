package dev.lastmile.export;

import dev.lastmile.event.DeploymentId;
import org.jspecify.annotations.Nullable;

/**
 * Who asks over HTTP, as far as a token says it.
 *
 * @param role what they may see
 * @param customer whose data, of a customer; absent otherwise
 */
public record Caller(Role role, @Nullable String customer) {

    /** Everybody, where no tokens are configured: then HTTP is only served to this machine. */
    public static final Caller OPERATOR = new Caller(Role.OPERATOR, null);

    /** What a caller may see. */
    public enum Role {
        /** Everything. */
        OPERATOR,
        /** The deployments of one customer, and the page; for all else there is nothing there. */
        CUSTOMER
    }

    public Caller {
        if ((role == Role.CUSTOMER) != (customer != null)) {
            throw new IllegalArgumentException(
                    "customer must be given for the role CUSTOMER, and only for it: " + customer);
        }
    }

    /** One who sees what is a customer's. */
    public static Caller ofCustomer(String customer) {
        return new Caller(Role.CUSTOMER, customer);
    }

    boolean isOperator() {
        return role == Role.OPERATOR;
    }

    boolean sees(DeploymentId deployment) {
        return isOperator() || deployment.customer().equals(customer);
    }
}
