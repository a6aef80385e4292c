package dev.lastmile.provision;

import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One change that brings a cluster nearer to what it should be. Made twice, it is made once. */
public sealed interface Step {

    /** The change as an order, in one line. */
    String order();

    /** What is wrong without the change. */
    Finding finding();

    /** Has the change made. */
    void apply(ClusterWriter cluster);

    /** A topic that is not there. */
    record MakeTopic(TopicSpecification topic, int partitions) implements Step {

        @Override
        public String order() {
            return "make topic " + topic.name() + " with " + partitions + " partitions, " + settings(topic.settings());
        }

        private static String settings(Map<String, String> settings) {
            return settings.entrySet().stream()
                    .map(setting -> setting.getKey() + "=" + setting.getValue())
                    .collect(Collectors.joining(" "));
        }

        @Override
        public Finding finding() {
            return new Finding(Finding.Kind.MISSING, "topic " + topic.name());
        }

        @Override
        public void apply(ClusterWriter cluster) {
            cluster.makeTopic(topic, partitions);
        }
    }

    /** A setting of a topic that is there. */
    record ChangeSetting(String topic, String key, String is, String shouldBe) implements Step {

        @Override
        public String order() {
            return "set " + key + " of topic " + topic + " to " + shouldBe + ", which is " + is;
        }

        @Override
        public Finding finding() {
            return new Finding(Finding.Kind.DIFFERENT, key + " of topic " + topic + " is " + is + ", not " + shouldBe);
        }

        @Override
        public void apply(ClusterWriter cluster) {
            cluster.changeSetting(topic, key, shouldBe);
        }
    }

    /**
     * A limit of a user.
     *
     * @param is null where there is none
     */
    record SetQuota(Account account, Quota quota, @Nullable Double is, double shouldBe) implements Step {

        @Override
        public String order() {
            String before = is == null ? ", which has none" : ", which is " + number(is);
            return "set " + what() + " to " + number(shouldBe) + before;
        }

        @Override
        public Finding finding() {
            return is == null
                    ? new Finding(Finding.Kind.MISSING, what())
                    : new Finding(Finding.Kind.DIFFERENT, what() + " is " + number(is) + ", not " + number(shouldBe));
        }

        private String what() {
            return "quota " + quota.key() + " of user " + account.name();
        }

        private static String number(double value) {
            return value == Math.rint(value) ? Long.toString(Math.round(value)) : Double.toString(value);
        }

        @Override
        public void apply(ClusterWriter cluster) {
            cluster.setQuota(account, quota, shouldBe);
        }
    }

    /** A right that is not there. */
    record Grant(Right right) implements Step {

        @Override
        public String order() {
            return "allow: " + right;
        }

        @Override
        public Finding finding() {
            return new Finding(Finding.Kind.MISSING, "right: " + right);
        }

        @Override
        public void apply(ClusterWriter cluster) {
            cluster.allow(right);
        }
    }

    /** A password; which one is not said here. */
    record SetPassword(Account account, boolean isThere) implements Step {

        @Override
        public String order() {
            return (isThere ? "replace the password of user " : "make user ") + account.name() + ", "
                    + ClusterWriter.MECHANISM.mechanismName();
        }

        @Override
        public Finding finding() {
            return new Finding(
                    Finding.Kind.MISSING,
                    "user " + account.name() + " with a password for " + ClusterWriter.MECHANISM.mechanismName());
        }

        @Override
        public void apply(ClusterWriter cluster) {
            cluster.setPassword(account);
        }
    }
}
