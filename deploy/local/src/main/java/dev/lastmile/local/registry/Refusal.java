package dev.lastmile.local.registry;

/** A request the registry answers with an error, as Confluent's registry would. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final int errorCode;

    Refusal(int status, int errorCode, String message) {
        super(message);
        this.status = status;
        this.errorCode = errorCode;
    }

    static Refusal subjectNotFound(String subject) {
        return new Refusal(404, 40401, "Subject '" + subject + "' not found.");
    }

    static Refusal versionNotFound(String version) {
        return new Refusal(404, 40402, "Version " + version + " not found.");
    }

    static Refusal schemaNotFound() {
        return new Refusal(404, 40403, "Schema not found");
    }

    static Refusal incompatible(String subject, Compatibility level) {
        return new Refusal(
                409,
                409,
                "Schema being registered is incompatible with an earlier schema for subject \"" + subject
                        + "\", compatibility " + level);
    }

    static Refusal invalidSchema(String why) {
        return new Refusal(422, 42201, "Invalid schema: " + why);
    }

    static Refusal invalidVersion(String version) {
        return new Refusal(422, 42202, "The specified version '" + version + "' is not a valid version id.");
    }

    static Refusal invalidCompatibility(String level) {
        return new Refusal(422, 42203, "Invalid compatibility level: " + level);
    }

    /** HTTP status. */
    int status() {
        return status;
    }

    /** Confluent's five-digit code, or the HTTP status where it has none. */
    int errorCode() {
        return errorCode;
    }
}
