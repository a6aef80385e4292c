/**
 * Customers, the monitor and strangers on a cluster that asks who they are: who can do what, and how they come to it.
 */
@NullMarked
package dev.lastmile.local.tenants;

import org.jspecify.annotations.NullMarked;
