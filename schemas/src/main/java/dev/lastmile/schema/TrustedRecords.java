package dev.lastmile.schema;

import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;
import org.jspecify.annotations.NullMarked;

/**
 * Lets Avro make instances of the records in this package.
 *
 * <p>Since Avro 1.12 a class that the program has not declared trusted is refused with {@code SecurityException: Forbidden
 * …}, because its name comes from a schema and so perhaps from a stranger. A program calls {@link #trust()} once before it
 * reads <em>specific</em> records of this package, and before it builds them: a builder reads the default of a field that
 * was not set. Opening a publisher does it too; generic records need nothing. Setting the system property
 * {@code org.apache.avro.SERIALIZABLE_PACKAGES} works as well, but it trusts a whole package, and it is read once: too late
 * if some other code has used Avro before.
 */
@NullMarked
public final class TrustedRecords {

    private static final ClassSecurityPredicate OURS = ClassSecurityValidator.builder()
            .add(InferenceEvent.class)
            .add(GroundTruthEvent.class)
            .add(Transcript.class)
            .add(Label.class)
            .add(Quantity.class)
            .add(ErrorCounts.class)
            .add(SliceStatisticsEvent.class)
            .add(SliceTerm.class)
            .add(AlertEvent.class)
            .add(AlertKind.class)
            .add(AlertStatus.class)
            .add(Novelty.class)
            .add(LabelsNeeded.class)
            .add(DeadLetterEvent.class)
            .add(DeadLetterReason.class)
            .build();

    private TrustedRecords() {}

    /** Adds exactly the records and enums of this package to what the program trusts already; more calls do no harm. */
    public static synchronized void trust() {
        ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
        if (!before.isTrusted(InferenceEvent.class)) {
            ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(before, OURS));
        }
    }
}
