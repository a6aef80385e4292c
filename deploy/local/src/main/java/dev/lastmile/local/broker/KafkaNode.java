package dev.lastmile.local.broker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One node of a cluster on this machine, whose data stay when it ends.
 *
 * @param roles what it is
 * @param id from 1 on; the controllers have the first ones
 * @param port where it serves clients, if it is a broker
 * @param advertisedPort where clients are told that it serves, which may be a proxy's
 * @param directory of its data
 * @param clusterId the same for all nodes, see {@link org.apache.kafka.common.Uuid}
 * @param controllerPorts of all controllers, in the order of their ids
 */
public record KafkaNode(
        Roles roles,
        int id,
        int port,
        int advertisedPort,
        Path directory,
        String clusterId,
        List<Integer> controllerPorts) {

    private static final int FIRST_CONTROLLER = 6;

    /** What a node is. */
    public enum Roles {
        /** Both, as where there is nothing else, or three that are alike. */
        BROKER_AND_CONTROLLER,
        /** It has the records. */
        BROKER,
        /** It knows which brokers there are, and which of them leads what. */
        CONTROLLER;

        boolean isBroker() {
            return this != CONTROLLER;
        }

        boolean isController() {
            return this != BROKER;
        }

        /** As {@code process.roles} has them. */
        String setting() {
            return name().toLowerCase(Locale.ROOT).replace("_and_", ",");
        }
    }

    public KafkaNode {
        if (id < 1 || roles.isController() != (id <= controllerPorts.size())) {
            throw new IllegalArgumentException(
                    "the first " + controllerPorts.size() + " ids, from 1, are controllers': " + id + " is " + roles);
        }
        controllerPorts = List.copyOf(controllerPorts);
    }

    /** One that is both. */
    public KafkaNode(
            int id, int port, int advertisedPort, Path directory, String clusterId, List<Integer> controllerPorts) {
        this(Roles.BROKER_AND_CONTROLLER, id, port, advertisedPort, directory, clusterId, controllerPorts);
    }

    /** The inverse of {@link #arguments}. */
    public static KafkaNode of(List<String> arguments) {
        return new KafkaNode(
                Roles.valueOf(arguments.get(0)),
                Integer.parseInt(arguments.get(1)),
                Integer.parseInt(arguments.get(2)),
                Integer.parseInt(arguments.get(3)),
                Path.of(arguments.get(4)),
                arguments.get(5),
                arguments.subList(FIRST_CONTROLLER, arguments.size()).stream()
                        .map(Integer::valueOf)
                        .toList());
    }

    /** For a process that is to be this node. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                roles.name(),
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

    /** Whether nobody else has records. */
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
