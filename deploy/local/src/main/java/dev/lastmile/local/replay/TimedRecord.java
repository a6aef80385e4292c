package dev.lastmile.local.replay;

import java.nio.file.Path;

/**
 * One row as the record a customer would have sent.
 *
 * @param atMs its own time, which stands for the broker's append time
 * @param isTruth whether a ground truth; an inference otherwise
 * @param topic where it goes
 * @param key record key
 * @param value record value, in the Confluent wire format
 * @param file the file it came from
 * @param line the line it began on
 */
@SuppressWarnings("ArrayRecordComponent") // handed from reader to driver, never compared or changed
record TimedRecord(long atMs, boolean isTruth, String topic, byte[] key, byte[] value, Path file, long line) {}
