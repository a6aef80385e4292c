/**
 * Seeded traffic of three made-up deployments: what their models heard, and what was said.
 */
@NullMarked
package dev.lastmile.local.generator;

import org.jspecify.annotations.NullMarked;
