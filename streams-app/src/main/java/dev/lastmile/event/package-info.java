/**
 * What customers send: inferences and ground truths, already decoded and known to be valid.
 */
@NullMarked
package dev.lastmile.event;

import org.jspecify.annotations.NullMarked;
