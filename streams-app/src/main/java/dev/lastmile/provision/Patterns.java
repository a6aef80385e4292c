package dev.lastmile.provision;

import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;

/** Which resources a right is about: one by its name, those that begin with a prefix, or all of a kind. */
final class Patterns {

    private Patterns() {}

    /** Whether all that {@code narrow} is about, {@code wide} is about too. */
    static boolean contains(ResourcePattern wide, ResourcePattern narrow) {
        if (wide.resourceType() != narrow.resourceType()) {
            return false;
        }
        if (isEvery(wide) || isEvery(narrow)) {
            return isEvery(wide);
        }
        if (isPrefix(wide)) {
            return narrow.name().startsWith(wide.name());
        }
        return !isPrefix(narrow) && narrow.name().equals(wide.name());
    }

    /** Whether there can be something that both are about. */
    static boolean meet(ResourcePattern one, ResourcePattern other) {
        return contains(one, other) || contains(other, one);
    }

    /** Whether it is about every resource of its type. */
    static boolean isEvery(ResourcePattern pattern) {
        return pattern.patternType() == PatternType.LITERAL && pattern.name().equals(ResourcePattern.WILDCARD_RESOURCE);
    }

    static boolean isPrefix(ResourcePattern pattern) {
        return pattern.patternType() == PatternType.PREFIXED;
    }
}
