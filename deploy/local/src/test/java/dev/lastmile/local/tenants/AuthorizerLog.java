package dev.lastmile.local.tenants;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.slf4j.LoggerFactory;

/** What the broker's authorizer was asked and what it said, while this is open. */
final class AuthorizerLog implements AutoCloseable {

    private static final Pattern SENTENCE = Pattern.compile(
            "Principal = User:(\\S+) is (Allowed|Denied) operation = (\\S+) from host = \\S+ on resource = (\\w+):LITERAL:(\\S+)"
                    + " for request = (\\S+) .*",
            Pattern.DOTALL);

    private final Logger logger = (Logger) LoggerFactory.getLogger("kafka.authorizer.logger");
    private final Queue<String> sentences = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            sentences.add(event.getFormattedMessage());
        }
    };

    /** One question and its answer. */
    record Answered(boolean allowed, Cell cell, String request) {}

    AuthorizerLog() {
        appender.setContext(logger.getLoggerContext());
        appender.start();
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        logger.addAppender(appender);
    }

    /** All about one user. */
    List<Answered> about(String user) {
        List<Answered> answers = new ArrayList<>();
        for (String sentence : sentences) {
            Matcher matcher = SENTENCE.matcher(sentence);
            if (!matcher.matches()) {
                throw new IllegalStateException("the authorizer speaks otherwise: " + sentence);
            }
            if (matcher.group(1).equals(user)) {
                answers.add(new Answered(
                        matcher.group(2).equals("Allowed"),
                        new Cell(
                                user, type(matcher.group(4)), matcher.group(5), AclOperation.valueOf(matcher.group(3))),
                        matcher.group(6)));
            }
        }
        return answers;
    }

    private static ResourceType type(String name) {
        return name.equals("TransactionalId") ? ResourceType.TRANSACTIONAL_ID : ResourceType.fromString(name);
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setLevel(null);
        logger.setAdditive(true);
    }
}
