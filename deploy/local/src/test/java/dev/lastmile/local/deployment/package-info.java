/**
 * Holds the files that nothing here can run (images, manifests, dashboards, rules) to the code they name.
 */
@NullMarked
package dev.lastmile.local.deployment;

import org.jspecify.annotations.NullMarked;
