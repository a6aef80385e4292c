/** Broker, registry and monitors as they run together, each of which can be struck. */
@NullMarked
package dev.lastmile.faults.installation;

import org.jspecify.annotations.NullMarked;
