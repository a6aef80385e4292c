package dev.lastmile.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/**
 * Who has a connection, and who has to go: the slowest where there are too many, of all addresses that have most, and whoever takes
 * too long. Safe for use by many threads; connections are closed outside of the lock, since that calls back.
 */
final class Clients {

    private final Limits limits;
    private final Refusals refusals;
    private final LongSupplier nanoTime;
    private final Map<EndPoint, Client> clients = new HashMap<>();
    private final Map<InetAddress, Set<Client>> byAddress = new HashMap<>();
    private long heldBytes;

    Clients(Limits limits, Refusals refusals, LongSupplier nanoTime) {
        this.limits = limits;
        this.refusals = refusals;
        this.nanoTime = nanoTime;
    }

    synchronized int count() {
        return clients.size();
    }

    /** One more, for which another one may have to go. */
    void admit(EndPoint endPoint) {
        Optional<Client> slowest;
        synchronized (this) {
            Client client = new Client(endPoint, nanoTime.getAsLong());
            slowest = crowdOut(tooMany(client));
            clients.put(endPoint, client);
            byAddress
                    .computeIfAbsent(client.address(), any -> new LinkedHashSet<>())
                    .add(client);
        }
        slowest.ifPresent(Clients::close);
    }

    /** Among whom one has to go for another one; nobody where there is room. */
    private Collection<Client> tooMany(Client another) {
        Collection<Client> neighbours = byAddress.getOrDefault(another.address(), Set.of());
        if (neighbours.size() >= limits.connectionsOfOneAddress()) {
            return neighbours;
        }
        return clients.size() < limits.connections() ? List.of() : ofCrowdedAddresses();
    }

    /** All clients of the addresses that have most: of addresses that are alike, none may be the one that always loses. */
    private Collection<Client> ofCrowdedAddresses() {
        int most = 0;
        for (Set<Client> its : byAddress.values()) {
            most = Math.max(most, its.size());
        }
        List<Client> crowded = new ArrayList<>();
        for (Set<Client> its : byAddress.values()) {
            if (its.size() == most) {
                crowded.addAll(its);
            }
        }
        return crowded;
    }

    /** The slowest, which is none of ours from now on; those whose answers are being made cannot be slow, and are few. */
    private Optional<Client> crowdOut(Collection<Client> among) {
        long nowNanos = nanoTime.getAsLong();
        Client slowest = null;
        // Looked at for every connection of a flood, hence no stream.
        for (Client one : among) {
            if (one.phase() != Client.Phase.WAITING && (slowest == null || one.goesBefore(slowest, nowNanos))) {
                slowest = one;
            }
        }
        if (slowest != null) {
            refuse(slowest, Refusal.CROWDED_OUT);
        }
        return Optional.ofNullable(slowest);
    }

    synchronized void forget(EndPoint endPoint) {
        Client gone = clients.remove(endPoint);
        if (gone != null) {
            heldBytes -= gone.heldBytes();
            byAddress.computeIfPresent(gone.address(), (any, its) -> its.remove(gone) && its.isEmpty() ? null : its);
        }
    }

    /** Whose request it is; absent if it has just been cut off. */
    synchronized @Nullable Client asked(Connection connection) {
        EndPoint endPoint = connection.getEndPoint();
        Client client = clients.get(endPoint instanceof EndPoint.Wrapper tls ? tls.unwrap() : endPoint);
        if (client != null) {
            client.asked(connection, nanoTime.getAsLong());
        }
        return client;
    }

    /** An answer of this size is there for it, for which other readers may have to go. */
    void takes(Client client, int bytes) {
        synchronized (this) {
            client.enter(Client.Phase.TAKING, nanoTime.getAsLong());
            hold(client, bytes);
        }
        for (Optional<Client> slowest = slowestReader(client); slowest.isPresent(); slowest = slowestReader(client)) {
            close(slowest.get());
        }
    }

    private synchronized Optional<Client> slowestReader(Client but) {
        return heldBytes <= limits.unsentBytes()
                ? Optional.empty()
                : crowdOut(clients.values().stream()
                        .filter(one -> one.heldBytes() > 0 && !one.equals(but))
                        .toList());
    }

    /** It has taken some of its answer; the whole of it is held to the end. */
    synchronized void goesOn(Client client) {
        client.moved(nanoTime.getAsLong());
    }

    /** It has taken all of it. */
    synchronized void took(Client client, boolean last) {
        client.enter(last ? Client.Phase.LEAVING : Client.Phase.IDLE, nanoTime.getAsLong());
        hold(client, 0);
    }

    private void hold(Client client, int bytes) {
        if (clients.containsKey(client.endPoint())) {
            heldBytes += bytes - client.heldBytes();
            client.hold(bytes);
        }
    }

    /** Ends what has taken too long. */
    void look() {
        List<Client> overdue;
        synchronized (this) {
            long nowNanos = nanoTime.getAsLong();
            clients.values().forEach(one -> one.notice(nowNanos));
            overdue = clients.values().stream()
                    .filter(one -> one.isOverdue(limits, nowNanos))
                    .toList();
            overdue.forEach(one ->
                    refuse(one, one.phase() == Client.Phase.ASKING ? Refusal.SLOW_REQUEST : Refusal.SLOW_READER));
        }
        overdue.forEach(Clients::close);
    }

    /** It is none of ours from now on. Who has asked nothing, or was told all, loses nothing. */
    private void refuse(Client client, Refusal why) {
        if (client.phase() != Client.Phase.IDLE && client.phase() != Client.Phase.LEAVING) {
            refusals.add(why);
        }
        forget(client.endPoint());
    }

    /** Not under the lock: this calls back, and may wait for others that do. */
    private static void close(Client client) {
        if (client.phase() == Client.Phase.IDLE) {
            // It may be about to ask again, and is told in good order that it has to do so elsewhere: clients do, then.
            client.endPoint().close();
        } else {
            client.abort();
        }
    }
}
