/**
 * The flow in Kafka Streams; thin, it calls the domain packages.
 */
@NullMarked
package dev.lastmile.topology;

import org.jspecify.annotations.NullMarked;
