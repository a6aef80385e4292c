/**
 * What people and machines read: Prometheus series within a budget, the HTTP API and the page.
 */
@NullMarked
package dev.lastmile.export;

import org.jspecify.annotations.NullMarked;
