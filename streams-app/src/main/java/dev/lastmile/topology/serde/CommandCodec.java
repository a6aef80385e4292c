package dev.lastmile.topology.serde;

import dev.lastmile.detection.Baseline;
import dev.lastmile.detection.BaselinePlan;
import dev.lastmile.topology.BaselineCommand;
import dev.lastmile.topology.CommandRefusal;
import org.jspecify.annotations.Nullable;

/** A command on its way to the second stage: an octet for its kind, when, and what it says. */
final class CommandCodec {

    private static final int IMPORT = 'i';
    private static final int RELEARN = 'l';
    private static final int REFUSED = 'r';

    private CommandCodec() {}

    static void write(BaselineCommand command, ByteWriter out) {
        if (command instanceof BaselineCommand.Import imported) {
            out.octet(IMPORT)
                    .number(command.atMs())
                    .text(imported.by())
                    .sized(DeploymentCodec.bytesOf(imported.card()::writeTo));
        } else if (command instanceof BaselineCommand.Relearn relearn) {
            BaselinePlan.Learned plan = relearn.plan();
            out.octet(RELEARN)
                    .number(command.atMs())
                    .text(relearn.by())
                    .sized(plan == null ? new byte[0] : DeploymentCodec.bytesOf(plan::writeTo));
        } else if (command instanceof BaselineCommand.Refused refused) {
            out.octet(REFUSED).number(command.atMs()).text(refused.refusal().name());
        }
    }

    static BaselineCommand read(ByteReader in) {
        int kind = in.octet();
        long atMs = in.number();
        String text = in.text();
        return switch (kind) {
            case IMPORT -> new BaselineCommand.Import(text, atMs, DeploymentCodec.read(in.sized(), Baseline::readFrom));
            case RELEARN -> new BaselineCommand.Relearn(text, atMs, plan(in.sized()));
            case REFUSED -> new BaselineCommand.Refused(atMs, CommandRefusal.valueOf(text));
            default -> throw new IllegalStateException("no kind of command: " + kind);
        };
    }

    private static BaselinePlan.@Nullable Learned plan(byte[] bytes) {
        return bytes.length == 0 ? null : DeploymentCodec.read(bytes, BaselinePlan.Learned::readFrom);
    }
}
