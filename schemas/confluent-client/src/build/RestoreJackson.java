import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gives the classes of the Confluent client back the names of Jackson's packages that they were compiled with. Pinot moves
 * Jackson to a package of its own, and a moved copy gets no security fix from this build's Jackson.
 *
 * <p>Class files name other classes in their constant pool alone, and all else in them counts entries of it, not bytes: names
 * may change their length. Run by Maven as a source file; running it again changes nothing.
 *
 * <p>Argument: the directory of the unpacked classes.
 */
final class RestoreJackson {

    private static final String MOVED = "org/apache/pinot/shaded/com/fasterxml/jackson/";
    private static final String GENUINE = "com/fasterxml/jackson/";

    private RestoreJackson() {}

    public static void main(String[] arguments) throws IOException {
        List<Path> classes;
        try (Stream<Path> files = Files.walk(Path.of(arguments[0]).resolve("io/confluent"))) {
            classes = files.filter(file -> file.toString().endsWith(".class")).toList();
        }
        for (Path file : classes) {
            Files.write(file, restored(Files.readAllBytes(file)));
        }
    }

    private static byte[] restored(byte[] classFile) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(classFile.length);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(in.readNBytes(8)); // magic number and version
        int entries = in.readUnsignedShort();
        out.writeShort(entries);
        for (int entry = 1; entry < entries; entry++) {
            int tag = in.readUnsignedByte();
            out.writeByte(tag);
            if (tag == 1) {
                out.writeUTF(in.readUTF().replace(MOVED, GENUINE));
            } else {
                out.write(in.readNBytes(lengthAfter(tag)));
            }
            if (tag == 5 || tag == 6) {
                entry++; // a long or a double counts as two
            }
        }
        in.transferTo(out);
        return bytes.toByteArray();
    }

    /** How many bytes follow the tag of a constant that is no text; Java Virtual Machine Specification 17, table 4.4-A. */
    private static int lengthAfter(int tag) {
        return switch (tag) {
            case 7, 8, 16, 19, 20 -> 2;
            case 15 -> 3;
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
            case 5, 6 -> 8;
            default -> throw new IllegalArgumentException("no such constant: " + tag);
        };
    }
}
