package dev.lastmile.local.distribution;

import java.util.Set;

/**
 * Something that an SBOM names.
 *
 * @param group as in Maven
 * @param name the artifact's id
 * @param version as in Maven
 * @param licences what its authors offer it under, to choose from: SPDX identifiers, or what its POM says where that is none
 */
record Component(String group, String name, String version, Set<String> licences) {

    private static final String OURS = "dev.lastmile";

    boolean isOurs() {
        return group.equals(OURS);
    }

    /** What the build calls its file. */
    String fileName() {
        return name + "-" + version + ".jar";
    }

    String coordinates() {
        return group + ":" + name;
    }
}
