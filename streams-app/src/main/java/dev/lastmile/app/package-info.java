/**
 * Main, configuration, wiring, health, command line; the only package that reads the clock, the environment and files.
 */
@NullMarked
package dev.lastmile.app;

import org.jspecify.annotations.NullMarked;
