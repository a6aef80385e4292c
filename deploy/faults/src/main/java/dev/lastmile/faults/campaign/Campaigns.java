package dev.lastmile.faults.campaign;

import dev.lastmile.faults.attack.Attack;
import dev.lastmile.faults.fault.AttackNeighbours;
import dev.lastmile.faults.fault.CrowdHttp;
import dev.lastmile.faults.fault.CutEndOfTransaction;
import dev.lastmile.faults.fault.Fault;
import dev.lastmile.faults.fault.FillDisk;
import dev.lastmile.faults.fault.FreezeMonitor;
import dev.lastmile.faults.fault.HalfOpenConnections;
import dev.lastmile.faults.fault.KillMonitor;
import dev.lastmile.faults.fault.LoseBroker;
import dev.lastmile.faults.fault.LoseState;
import dev.lastmile.faults.fault.MisleadByRegistry;
import dev.lastmile.faults.fault.RestartMonitor;
import dev.lastmile.faults.fault.ShiftClock;
import dev.lastmile.faults.fault.StartWithoutBroker;
import dev.lastmile.faults.fault.StopBroker;
import dev.lastmile.faults.fault.StormInstances;
import dev.lastmile.faults.installation.Shape;
import dev.lastmile.faults.registry.Misbehaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

/** The campaigns that there are. */
@SuppressWarnings({"ImmutableEnumChecker", "EnumOrdinal"}) // functions without state; any order of kinds will do
public enum Campaigns {
    /** The monitor is killed again and again. */
    KILLS(Shape.ONE, number -> new KillMonitor()),
    /** The broker is killed and stopped in turn. */
    BROKER(
            Shape.ONE,
            number -> number % 2 == 0
                    ? StopBroker.killed(Duration.ofSeconds(20))
                    : StopBroker.stopped(Duration.ofSeconds(20))),
    /** A monitor starts without its broker, and the broker is away for a minute, in turn. */
    ABSENT(Shape.ONE, number -> number % 2 == 0 ? new StartWithoutBroker() : StopBroker.stoppedForAMinute()),
    /** Connections to the broker are taken, and nobody answers. */
    HALF_OPEN(Shape.ONE, number -> new HalfOpenConnections()),
    /** One of three brokers is killed at a time. */
    BROKERS(Shape.THREE_BROKERS, number -> new LoseBroker(Duration.ofSeconds(10))),
    /** Ends of transactions are cut, delayed and lost. */
    END_TXN(Shape.ONE, number -> new CutEndOfTransaction()),
    /** Monitors stand still until another one takes over, and go on. */
    ZOMBIES(Shape.TWO, number -> new FreezeMonitor(Shape.TWO.sessionTimeout())),
    /** State is deleted and corrupted, in four ways. */
    STATE(Shape.ONE, number -> new LoseState(LoseState.Kind.values()[number % LoseState.Kind.values().length])),
    /** The registry misbehaves, in ten ways, while a monitor starts that has to ask it. */
    REGISTRY(Shape.ONE, number -> new MisleadByRegistry(Misbehaviour.values()[number % Misbehaviour.values().length])),
    /** There is no room for state, when a monitor starts and while it works, in turn. Only root can run it. */
    DISK(Shape.SMALL_DISK, number -> number % 2 == 0 ? FillDisk.atTheStart() : FillDisk.meanwhile()),
    /** Instances come and go each second. */
    STORM(Shape.ONE_AND_GUESTS, number -> new StormInstances()),
    /** Three monitors are restarted in turn. */
    ROLLING(Shape.THREE, number -> new RestartMonitor(number % Shape.THREE.monitors())),
    /** The monitor's clock is an hour ahead and an hour behind, in turn. Needs libfaketime. */
    CLOCK(Shape.ONE, number -> new ShiftClock(Duration.ofHours(number % 2 == 0 ? 1 : -1))),
    /** A customer does what it can to harm the others, in eight ways. The others send no more than it can send fifty times. */
    ATTACKS(
            Shape.ONE,
            Attack.OTHERS_PER_SECOND,
            number -> new AttackNeighbours(Attack.values()[number % Attack.values().length])),
    /** Ten thousand clients crowd the monitor's HTTP. */
    HTTP(Shape.ONE, number -> new CrowdHttp()),
    /** Nothing strikes: that the comparison holds at all. */
    QUIET(Shape.ONE, number -> new Quiet());

    /** At least as many as any campaign has kinds of faults. */
    private static final int ALL_KINDS = 20;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);
    private static final Duration SHOWN_WITHIN = Duration.ofMinutes(1);

    private final Shape shape;
    private final double mostPerSecond;
    private final IntFunction<Fault> faults;

    Campaigns(Shape shape, IntFunction<Fault> faults) {
        this(shape, Double.POSITIVE_INFINITY, faults);
    }

    Campaigns(Shape shape, double mostPerSecond, IntFunction<Fault> faults) {
        this.shape = shape;
        this.mostPerSecond = mostPerSecond;
        this.faults = faults;
    }

    /** The names of all faults that there are. */
    public static Set<String> faultNames() {
        Set<String> names = new TreeSet<>();
        for (Campaigns campaign : values()) {
            campaign.of(ALL_KINDS, 1).faults().forEach(fault -> names.add(fault.name()));
        }
        return names;
    }

    /**
     * One of so many strikes.
     *
     * @param perSecond records that customers send, where the campaign does not say fewer
     */
    public Campaign of(int strikes, double perSecond) {
        List<Fault> all = new ArrayList<>();
        for (int number = 0; number < strikes; number++) {
            all.add(faults.apply(number));
        }
        return new Campaign(name(), shape, all, Math.min(perSecond, mostPerSecond), LONGEST_PAUSE, SHOWN_WITHIN);
    }
}
