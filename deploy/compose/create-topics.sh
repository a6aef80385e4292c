#!/bin/sh
# Provisions the topics of the customers named: what a customer writes, and what the monitor writes for it. The monitor
# would make its own where they are missing; here they exist before access rights are given to them. The operators' topic,
# <applicationId>-commands, belongs to no customer: the monitor makes it.
# Usage: create-topics.sh customer [customer …]
# Environment: BOOTSTRAP_SERVERS, PARTITIONS (one number for all customers), REPLICATION_FACTOR, KAFKA_TOPICS (the tool)
set -eu
: "${BOOTSTRAP_SERVERS:=localhost:9092}" "${PARTITIONS:=4}" "${REPLICATION_FACTOR:=1}"
: "${KAFKA_TOPICS:=/opt/kafka/bin/kafka-topics.sh}"

create() {
  topic=$1
  shift
  "$KAFKA_TOPICS" --bootstrap-server "$BOOTSTRAP_SERVERS" --create --if-not-exists --topic "$topic" \
    --partitions "$PARTITIONS" --replication-factor "$REPLICATION_FACTOR" "$@"
}

for customer in "$@"; do
  case $customer in
    '' | *[!a-z0-9-]* | ?????????????????????????????????*) echo "customer must match [a-z0-9-]{1,32}: $customer" >&2; exit 2 ;;
  esac
  # Broker append time: a record's event time is judged against it. Retention goes by it too, so old events are safe.
  # What a few bytes unpack to is refused by the broker: once in a topic, it would end whoever reads it.
  for entity in inferences ground-truth; do
    create "lastmile.$customer.$entity.v1" --config message.timestamp.type=LogAppendTime --config retention.ms=1209600000 \
      --config max.decompressed.message.bytes=1048576
  done
  for entity in slice-statistics alerts; do
    create "lastmile.$customer.$entity.v1" --config cleanup.policy=compact
  done
  create "lastmile.$customer.dead-letters.v1" --config retention.ms=1209600000
done
