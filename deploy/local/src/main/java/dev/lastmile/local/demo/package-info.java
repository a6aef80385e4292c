/**
 * The demo: broker, registry, monitor and traffic in one process, and whether it showed what it promised.
 */
@NullMarked
package dev.lastmile.local.demo;

import org.jspecify.annotations.NullMarked;
