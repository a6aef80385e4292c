package dev.lastmile.local.demo;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.schema.AlertEvent;
import dev.lastmile.schema.AlertKind;
import dev.lastmile.schema.SliceTerm;

/**
 * An event from an alerts topic, as a customer reads it.
 *
 * @param event the alert as it stood
 * @param secondsAfterStart when it was read, from the start of the demo
 */
record SeenAlert(AlertEvent event, double secondsAfterStart) {

    DeploymentId deployment() {
        return new DeploymentId(event.getCustomer(), event.getDeployment());
    }

    AlertKind kind() {
        return event.getKind();
    }

    /** Whether the slice has this value of this dimension, alone or in a combination. */
    boolean names(String dimension, String value) {
        for (SliceTerm term : event.getSlice()) {
            if (term.getDimension().equals(dimension) && term.getValue().equals(value)) {
                return true;
            }
        }
        return false;
    }
}
