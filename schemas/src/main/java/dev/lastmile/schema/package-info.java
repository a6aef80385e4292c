/**
 * The contracts between customers and Lastmile: records generated from the Avro schemas, the names of the topics, and the
 * limits of the fields.
 *
 * <p>Not null-marked as a whole, because generated code says nothing about null; the classes written by hand are, each.
 */
package dev.lastmile.schema;
