package dev.lastmile.local.generator;

import dev.lastmile.event.DeploymentId;
import java.util.List;

/** Names of the demo's deployments. */
public final class DemoDeployments {

    /** A ward where a new noise hurts one accent more than the others. */
    public static final DeploymentId UNFAIR = new DeploymentId("st-marys", "ward-7");

    /** A call centre that gets worse for everybody alike. */
    public static final DeploymentId WORSE_FOR_ALL = new DeploymentId("northline", "call-routing");

    /** A clinic where nothing happens. */
    public static final DeploymentId HEALTHY = new DeploymentId("harbour-clinic", "dictation");

    /** All of them. */
    public static final List<DeploymentId> ALL = List.of(UNFAIR, WORSE_FOR_ALL, HEALTHY);

    private DemoDeployments() {}
}
