package dev.lastmile.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lastmile.detection.Baseline;
import dev.lastmile.topology.BaselineCommand;
import dev.lastmile.topology.CommandRefusal;
import dev.lastmile.topology.DeploymentPolicy;
import dev.lastmile.topology.OperatorCommands;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Operators' commands as JSON, keyed by {@code customer/deployment}.
 *
 * <pre>
 * {"command": "relearn", "by": "anna"}
 * {"command": "relearn", "by": "anna", "labelled": 20000}
 * {"command": "relearn", "by": "anna", "from": "2026-03-01T00:00:00Z", "to": "2026-03-08T00:00:00Z", "settle": "PT1H"}
 * {"command": "import", "by": "anna", "card": {"slices": [{"slice": {}, "labelled": 50000, "mean": 0.1275}]}}
 * </pre>
 */
public final class CommandFormat implements OperatorCommands {

    /** Well below the broker's limit of 1 MB, so that a command which was read can always be sent on. */
    static final int MAX_BYTES = 512 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(CommandFormat.class);
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._:@\\\\ -]{1,64}");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String applicationId;
    private final AtomicLong unaddressed = new AtomicLong();

    /** The commands of the instances that share this application id. */
    public CommandFormat(String applicationId) {
        this.applicationId = applicationId;
    }

    @Override
    public String topic() {
        return applicationId + "-commands";
    }

    @Override
    public BaselineCommand read(DeploymentPolicy policy, byte[] value, long atMs) {
        if (value.length > MAX_BYTES) {
            return new BaselineCommand.Refused(atMs, CommandRefusal.TOO_LARGE);
        }
        try {
            return parse(policy, tree(value), atMs);
        } catch (WrongCard e) {
            return refused(CommandRefusal.WRONG_CARD, e, atMs);
        } catch (ConfigurationException e) {
            return refused(CommandRefusal.MALFORMED, e, atMs);
        }
    }

    private static BaselineCommand refused(CommandRefusal refusal, RuntimeException problem, long atMs) {
        LOG.atWarn()
                .addKeyValue("reason", refusal)
                .addKeyValue("problem", problem.getMessage())
                .log("A command is wrong");
        return new BaselineCommand.Refused(atMs, refusal);
    }

    @Override
    public void unaddressed() {
        unaddressed.incrementAndGet();
    }

    /** Commands so far whose key names no deployment. */
    public long unaddressedCount() {
        return unaddressed.get();
    }

    /** The bytes of a command. */
    static byte[] bytes(JsonNode command) {
        try {
            return JSON.writeValueAsBytes(command);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    private static ObjectNode tree(byte[] value) {
        try {
            if (JSON.readTree(value) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            // Its message may quote what it could not read, at any length.
            throw new ConfigurationException("command", "", "is no JSON");
        }
        throw new ConfigurationException("command", "", "must be a JSON object");
    }

    /** The card in a command is what is wrong with it. */
    private static final class WrongCard extends RuntimeException {
        private static final long serialVersionUID = 1;

        WrongCard(ConfigurationException problem) {
            super(problem.getMessage(), problem);
        }
    }

    /**
     * The command that a tree says.
     *
     * @throws ConfigurationException naming the key if anything in it is wrong
     */
    static BaselineCommand parse(DeploymentPolicy policy, ObjectNode tree, long atMs) {
        Section root = Section.root("command", tree, Map.of());
        String name = root.parsed("command", text -> text);
        return switch (name) {
            case "relearn" -> {
                root.only("command", "by", "labelled", "from", "to", "settle");
                yield new BaselineCommand.Relearn(by(root), atMs, PolicyParser.learned(root, policy.bucket()));
            }
            case "import" -> {
                root.only("command", "by", "card");
                yield new BaselineCommand.Import(by(root), atMs, card(root, policy));
            }
            default -> throw root.problem("command", "must be relearn or import: " + name);
        };
    }

    private static String by(Section root) {
        return root.parsed("by", text -> {
            if (!NAME.matcher(text).matches() || text.isBlank()) {
                throw new IllegalArgumentException("must be 1 to 64 letters, digits, spaces or any of ._:@\\-");
            }
            return text;
        });
    }

    private static Baseline card(Section root, DeploymentPolicy policy) {
        try {
            return new ServiceCard(policy.scorer().metric(), policy.slicing()).read(root.section("card"));
        } catch (ConfigurationException e) {
            throw new WrongCard(e);
        }
    }
}
