package dev.lastmile.event;

/**
 * One use of a model by one customer: the unit whose slices are compared with each other.
 *
 * @param customer the tenant, {@code [a-z0-9-]{1,32}}; proven by the topic a record came from, never by its payload
 * @param deployment the customer's name for this use of a model, 1 to 128 visible characters without {@code '/'}
 */
public record DeploymentId(String customer, String deployment) implements Comparable<DeploymentId> {

    private static final int LONGEST_CUSTOMER = 32;
    private static final int LONGEST_DEPLOYMENT = 128;

    public DeploymentId {
        if (!isCustomer(customer)) {
            throw new IllegalArgumentException("customer must match [a-z0-9-]{1,32}");
        }
        if (!isDeployment(deployment)) {
            throw new IllegalArgumentException(
                    "deployment must be 1 to 128 letters, digits, spaces or any of ._:@-, and not blank");
        }
    }

    /** Whether the text can be a customer's id. */
    public static boolean isCustomer(String text) {
        if (text.isEmpty() || text.length() > LONGEST_CUSTOMER) {
            return false;
        }
        // Looked at for every record, hence no stream.
        for (int i = 0; i < text.length(); i++) {
            if (!isSmallLetterOrDigit(text.charAt(i)) && text.charAt(i) != '-') {
                return false;
            }
        }
        return true;
    }

    /** Whether the text can be a deployment's name. */
    public static boolean isDeployment(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (!isOfDeployment(text.codePointAt(i)) || ++length > LONGEST_DEPLOYMENT) {
                return false;
            }
        }
        return !text.isBlank();
    }

    private static boolean isSmallLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    /** Looked at for every record, hence no regular expression. */
    private static boolean isOfDeployment(int c) {
        return isSmallLetterOrDigit(c)
                || "._:@ -".indexOf(c) >= 0
                || Character.isLetter(c)
                || switch (Character.getType(c)) {
                    case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
                    default -> false;
                };
    }

    /** By hand, as it is looked up several times a record: what the compiler makes for a record is several times slower. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof DeploymentId id
                        && deployment.equals(id.deployment)
                        && customer.equals(id.customer));
    }

    @Override
    public int hashCode() {
        return 31 * customer.hashCode() + deployment.hashCode();
    }

    @Override
    public int compareTo(DeploymentId other) {
        int byCustomer = customer.compareTo(other.customer);
        return byCustomer != 0 ? byCustomer : deployment.compareTo(other.deployment);
    }

    /** {@code customer/deployment}; unambiguous, since neither part may hold a slash. */
    @Override
    public String toString() {
        return customer + "/" + deployment;
    }

    /** The inverse of {@link #toString()}. */
    public static DeploymentId parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("not customer/deployment: " + text);
        }
        return new DeploymentId(text.substring(0, slash), text.substring(slash + 1));
    }
}
