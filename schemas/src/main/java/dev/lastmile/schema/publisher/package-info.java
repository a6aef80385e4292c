/**
 * What a customer's Java service uses to send its inferences and ground truths.
 */
@NullMarked
package dev.lastmile.schema.publisher;

import org.jspecify.annotations.NullMarked;
