package dev.lastmile.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lastmile.event.DeploymentId;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads operators' commands and sends each to the stage that keeps the deployment it is for, as a delta that counts
 * nothing. A command is thus obeyed once, and in the order it was given, like everything else that stage sees.
 */
final class CommandProcessor implements Processor<byte[], byte[], String, Delta> {

    private static final Logger LOG = LoggerFactory.getLogger(CommandProcessor.class);

    private final Policies policies;
    private final OperatorCommands commands;
    private @Nullable ProcessorContext<String, Delta> context;

    CommandProcessor(Policies policies, OperatorCommands commands) {
        this.policies = policies;
        this.commands = commands;
    }

    @Override
    public void init(ProcessorContext<String, Delta> newContext) {
        context = newContext;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Optional<DeploymentId> addressed = deploymentOf(record.key());
        if (addressed.isEmpty()) {
            commands.unaddressed();
            LOG.atWarn()
                    .addKeyValue("topic", commands.topic())
                    .log("A command was dropped: its key is no customer/deployment");
            return;
        }
        DeploymentId deployment = addressed.get();
        Delta delta = Delta.of(deployment, command(deployment, record.value(), record.timestamp()));
        if (context == null) {
            throw new IllegalStateException("not started");
        }
        context.forward(new Record<>(deployment.toString(), delta, record.timestamp()));
    }

    private BaselineCommand command(DeploymentId deployment, byte @Nullable [] value, long atMs) {
        Optional<DeploymentPolicy> policy = policies.find(deployment);
        if (policy.isEmpty()) {
            return new BaselineCommand.Refused(atMs, CommandRefusal.NOT_WATCHED);
        }
        return value == null
                ? new BaselineCommand.Refused(atMs, CommandRefusal.MALFORMED)
                : commands.read(policy.get(), value, atMs);
    }

    private static Optional<DeploymentId> deploymentOf(byte @Nullable [] key) {
        try {
            return key == null ? Optional.empty() : Optional.of(DeploymentId.parse(new String(key, UTF_8)));
        } catch (IllegalArgumentException notAName) {
            return Optional.empty();
        }
    }
}
