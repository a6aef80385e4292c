package dev.lastmile.benchmarks.footprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Memory of a process that lies in RAM, whatever it is used for.
 *
 * @param residentBytes now
 * @param peakBytes the most since it was started
 */
record ProcessMemory(long residentBytes, long peakBytes) {

    private static final String RESIDENT = "VmRSS:";
    private static final String PEAK = "VmHWM:";

    /**
     * Of a process of this machine.
     *
     * @throws IOException when it has ended, or this is not Linux
     */
    static ProcessMemory of(long pid) throws IOException {
        return of(Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")));
    }

    /** As the kernel writes it. */
    static ProcessMemory of(List<String> status) throws IOException {
        return new ProcessMemory(bytes(RESIDENT, status), bytes(PEAK, status));
    }

    private static long bytes(String field, List<String> status) throws IOException {
        for (String line : status) {
            if (line.startsWith(field) && line.endsWith(" kB")) {
                return Long.parseLong(line.substring(field.length(), line.length() - " kB".length())
                                .strip())
                        << 10;
            }
        }
        throw new IOException("the kernel does not say " + field);
    }
}
