package dev.lastmile.benchmarks.process;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What the Kafka clients of this JVM count, which is exact: offsets would also count the marks of transactions. */
final class KafkaCounters {

    private static final String FETCHED = "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*,topic=*";
    private static final String SENT = "kafka.producer:type=producer-topic-metrics,client-id=*,topic=*";

    /** Topics of customers; the same metric is there a second time under a name with underscores. */
    private static final String CUSTOMER_TOPIC = "lastmile\\..*\\.(inferences|ground-truth)\\.v1";

    private static final String DELTAS_TOPIC = ".*-deltas-repartition";

    private KafkaCounters() {}

    /** Records read from customers' topics. */
    static long consumed() {
        return sum(FETCHED, CUSTOMER_TOPIC, "records-consumed-total");
    }

    /** Messages sent from the first stage to the second. */
    static long deltas() {
        return sum(SENT, DELTAS_TOPIC, "record-send-total");
    }

    private static long sum(String pattern, String topic, String attribute) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        double sum = 0;
        try {
            for (ObjectName name : server.queryNames(new ObjectName(pattern), null)) {
                if (name.getKeyProperty("topic").matches(topic)) {
                    sum += (Double) server.getAttribute(name, attribute);
                }
            }
        } catch (JMException e) {
            throw new IllegalStateException("the client's metrics cannot be read", e);
        }
        return Math.round(sum);
    }
}
