/**
 * A schema registry inside this JVM that the genuine client talks to over HTTP.
 */
@NullMarked
package dev.lastmile.local.registry;

import org.jspecify.annotations.NullMarked;
