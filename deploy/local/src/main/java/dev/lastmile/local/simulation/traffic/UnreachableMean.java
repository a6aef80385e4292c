package dev.lastmile.local.simulation.traffic;

/** A planted effect is more than scores in [0,1] can bear. The message is for whoever asked for it. */
public final class UnreachableMean extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    UnreachableMean(String message) {
        super(message);
    }
}
