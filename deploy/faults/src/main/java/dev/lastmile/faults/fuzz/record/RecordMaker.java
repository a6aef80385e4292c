package dev.lastmile.faults.fuzz.record;

import dev.lastmile.faults.fuzz.record.World.Watched;
import dev.lastmile.faults.fuzz.run.Damage;
import dev.lastmile.schema.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes records: about half are events that may enter, the others are wrong in one way or in several. */
public final class RecordMaker {

    private static final int FRAME_BYTES = 5;
    private static final int CLEAN = 1_000_000;
    private static final int ODD = 25;
    private static final int HUGE_OF = 5_000;

    /** What a broker's limit of 1 MiB for a batch leaves to the value of a record that cannot be compressed. */
    private static final int MOST_BYTES = 1_048_330;

    private final World world;
    private final int unknownIds;

    /**
     * @param unknownIds so many ids that no registry knows are used; each costs the monitor a look-up a minute and topic
     */
    public RecordMaker(World world, int unknownIds) {
        this.world = world;
        this.unknownIds = unknownIds;
    }

    /**
     * A record.
     *
     * @param appendMs when the broker will append it, epoch milliseconds
     */
    public RawRecord make(long appendMs, SplittableRandom random) {
        int topic = random.nextInt(world.topics().size());
        String name = world.topics().get(topic);
        String customer = Topics.customerOf(name).orElseThrow();
        String id = "i-" + random.nextInt(100_000);
        List<Integer> usable = world.usableIds(name);
        int schema = usable.get(random.nextInt(usable.size()));
        int oddOf = random.nextInt(3) == 0 ? ODD : CLEAN;
        Sender.Intent intent = new Sender.Intent(customer, deploymentOf(customer, random), id, appendMs, oddOf);
        byte[] datum = Sender.datum(world.usable(name, schema), intent, random);
        byte[] value = framed(random.nextInt(20) == 0 ? otherId(random) : schema, datum);
        if (random.nextInt(HUGE_OF) == 0) {
            return new RawRecord(topic, appendMs, id.getBytes(StandardCharsets.UTF_8), huge(value, random));
        }
        return new RawRecord(topic, appendMs, key(id, random), damaged(value, random));
    }

    /** An event that may enter for each schema of each topic. */
    public List<RawRecord> oneOfEach(long appendMs) {
        SplittableRandom random = new SplittableRandom(0);
        List<RawRecord> records = new ArrayList<>();
        for (int topic = 0; topic < world.topics().size(); topic++) {
            String name = world.topics().get(topic);
            String customer = Topics.customerOf(name).orElseThrow();
            for (int schema : world.usableIds(name)) {
                String id = "first-" + schema;
                Sender.Intent intent =
                        new Sender.Intent(customer, deploymentsOf(customer).get(0), id, appendMs, CLEAN);
                byte[] datum = Sender.datum(world.usable(name, schema), intent, random);
                records.add(new RawRecord(topic, appendMs, id.getBytes(StandardCharsets.UTF_8), framed(schema, datum)));
            }
        }
        return records;
    }

    private static byte[] framed(int schema, byte[] datum) {
        return ByteBuffer.allocate(FRAME_BYTES + datum.length)
                .put((byte) 0)
                .putInt(schema)
                .put(datum)
                .array();
    }

    private List<String> deploymentsOf(String customer) {
        return world.watched().stream()
                .filter(one -> one.fits(customer, one.deployment()))
                .map(Watched::deployment)
                .toList();
    }

    private String deploymentOf(String customer, SplittableRandom random) {
        if (random.nextInt(40) == 0) {
            return List.of("nobody's", "__unattributed__", "", " ", "a/b").get(random.nextInt(5));
        }
        List<String> its = deploymentsOf(customer);
        return its.get(random.nextInt(its.size()));
    }

    private int otherId(SplittableRandom random) {
        return random.nextInt(3) == 0
                ? 1_000_000 + random.nextInt(unknownIds)
                : world.ids().get(random.nextInt(world.ids().size()));
    }

    private static byte @Nullable [] key(String id, SplittableRandom random) {
        return switch (random.nextInt(60)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> (id + "0").getBytes(StandardCharsets.UTF_8);
            case 3 -> new byte[random.nextInt(4_000)];
            default -> id.getBytes(StandardCharsets.UTF_8);
        };
    }

    /** About as large as a record may be, beginning as one that is. */
    private static byte[] huge(byte[] value, SplittableRandom random) {
        int below = random.nextInt(3) == 0 ? MOST_BYTES - Judge.MAX_RECORD_BYTES : 500;
        int largest = random.nextBoolean() ? MOST_BYTES : Judge.MAX_RECORD_BYTES + 250;
        byte[] huge = new byte[largest - random.nextInt(below)];
        random.nextBytes(huge);
        System.arraycopy(value, 0, huge, 0, Math.min(value.length, FRAME_BYTES + random.nextInt(value.length)));
        return huge;
    }

    private static byte @Nullable [] damaged(byte[] value, SplittableRandom random) {
        if (random.nextInt(10) < 6) {
            return value;
        }
        if (random.nextInt(20) == 0) {
            return random.nextBoolean() ? null : Damage.of(value, 0, random);
        }
        byte[] damaged = value;
        for (int i = random.nextInt(3); i >= 0; i--) {
            damaged = Damage.of(damaged, FRAME_BYTES, random);
        }
        return damaged.length < FRAME_BYTES || sameId(damaged, value) || random.nextInt(20) == 0 ? damaged : value;
    }

    /** An id that damage made is one that nobody knows: there must not be too many of them. */
    private static boolean sameId(byte[] one, byte[] other) {
        return ByteBuffer.wrap(one).getInt(1) == ByteBuffer.wrap(other).getInt(1);
    }
}
