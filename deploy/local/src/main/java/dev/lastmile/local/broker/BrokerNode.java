package dev.lastmile.local.broker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One node of a cluster on this machine, broker and controller in one, whose data stay when it ends.
 *
 * @param id from 1 on
 * @param port where it serves
 * @param advertisedPort where clients are told that it serves, which may be a proxy's
 * @param directory of its data
 * @param clusterId the same for all nodes, see {@link org.apache.kafka.common.Uuid}
 * @param controllerPorts of all nodes, in the order of their ids
 */
public record BrokerNode(
        int id, int port, int advertisedPort, Path directory, String clusterId, List<Integer> controllerPorts) {

    private static final int FIRST_CONTROLLER = 5;

    public BrokerNode {
        if (id < 1 || id > controllerPorts.size()) {
            throw new IllegalArgumentException("id must be in [1, " + controllerPorts.size() + "]: " + id);
        }
        controllerPorts = List.copyOf(controllerPorts);
    }

    /** The inverse of {@link #arguments}. */
    public static BrokerNode of(List<String> arguments) {
        return new BrokerNode(
                Integer.parseInt(arguments.get(0)),
                Integer.parseInt(arguments.get(1)),
                Integer.parseInt(arguments.get(2)),
                Path.of(arguments.get(3)),
                arguments.get(4),
                arguments.subList(FIRST_CONTROLLER, arguments.size()).stream()
                        .map(Integer::valueOf)
                        .toList());
    }

    /** For a process that is to be this node. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                Integer.toString(id),
                Integer.toString(port),
                Integer.toString(advertisedPort),
                directory.toString(),
                clusterId));
        controllerPorts.forEach(each -> arguments.add(Integer.toString(each)));
        return arguments;
    }

    int controllerPort() {
        return controllerPorts.get(id - 1);
    }

    boolean isAlone() {
        return controllerPorts.size() == 1;
    }

    String voters(String host) {
        List<String> voters = new ArrayList<>();
        for (int i = 0; i < controllerPorts.size(); i++) {
            voters.add((i + 1) + "@" + host + ":" + controllerPorts.get(i));
        }
        return String.join(",", voters);
    }
}
