package dev.lastmile.topology;

/** Why a record is in the dead letters; the names are the reason codes customers see. */
public enum RefusalReason {
    BAD_FRAME("not in the Confluent wire format: a zero byte and a 4-byte schema id must come first"),
    BAD_AVRO("the bytes are not exactly one datum of their schema"),
    TOO_LARGE("the record is larger than the limit"),
    UNKNOWN_SCHEMA("the registry does not know the schema id"),
    TOO_MANY_SCHEMAS("the topic uses more new schema ids than are looked up, a second each"),
    SCHEMA_INCOMPATIBLE("the contract cannot read data of this schema"),
    SCHEMA_NOT_FOR_TOPIC("the schema id is not registered under this topic's subject"),
    SCHEMA_REJECTED("the schema is recursive, too deep, too large or holds arrays of nothing"),
    NULL_VALUE("the record has no value or no key"),
    KEY_MISMATCH("the record's key is not its inference id, so its partner may be in another partition"),
    VALUE_OUT_OF_RANGE("a field is outside its range"),
    TIME_TOO_OLD("the event is older than the limit when it was appended"),
    TIME_FUTURE("the event lies in the future of its append time"),
    TENANT_MISMATCH("the record names another customer than its topic"),
    UNKNOWN_DEPLOYMENT("no policy is configured for this deployment"),
    TOO_MANY_DEPLOYMENTS("more deployments than are counted of one customer"),
    WRONG_ANSWER_TYPE(
            "the output or truth is of another kind than the deployment's metric compares, or too long for it"),
    NOT_SCORABLE("the inference's output and this truth have no score in common"),
    CORRECTIONS_OFF("the inference is scored, its text is dropped and corrections are switched off"),
    TOO_MANY_REVISIONS("more revisions than are kept for one inference");

    private final String explanation;

    RefusalReason(String explanation) {
        this.explanation = explanation;
    }

    /** A constant sentence; never holds customer text. */
    public String explanation() {
        return explanation;
    }
}
