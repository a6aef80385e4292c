/**
 * What a cluster must hold for a customer and for the monitor: topics, rights, quotas, users. The access table as data, the
 * difference between it and what is found, and the steps that close it.
 */
@NullMarked
package dev.lastmile.provision;

import org.jspecify.annotations.NullMarked;
