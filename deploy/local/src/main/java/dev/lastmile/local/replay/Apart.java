package dev.lastmile.local.replay;

import dev.lastmile.local.CannotRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The files of one command line, each for one purpose: what is written must not destroy what is read. */
final class Apart {

    private final Map<Path, String> optionByFile = new HashMap<>();

    /** A file that is read. */
    Apart reads(String option, Path file) throws CannotRun {
        return take(option, file);
    }

    /** A file that is written anew. */
    Apart writes(String option, Path file) throws CannotRun {
        if (Files.isDirectory(file)) {
            throw new CannotRun(option + " must be a file, not a directory: " + file);
        }
        return take(option, file);
    }

    private Apart take(String option, Path file) throws CannotRun {
        String other = optionByFile.put(real(file), option);
        if (other != null) {
            throw new CannotRun(other + " and " + option + " must not be the same file: " + file);
        }
        return this;
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException notThereYet) {
            return file.toAbsolutePath().normalize();
        }
    }
}
