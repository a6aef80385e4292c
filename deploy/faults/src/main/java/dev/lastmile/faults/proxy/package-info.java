/** A TCP proxy between clients and a broker that understands as much of Kafka's protocol as it takes to cut in the right place. */
@NullMarked
package dev.lastmile.faults.proxy;

import org.jspecify.annotations.NullMarked;
