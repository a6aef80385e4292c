/**
 * What the executable jars hold of others, and that everything that says so says the same: the SBOM in the jar, the lists in
 * {@code deploy}, licence texts and notices.
 */
@NullMarked
package dev.lastmile.local.distribution;

import org.jspecify.annotations.NullMarked;
