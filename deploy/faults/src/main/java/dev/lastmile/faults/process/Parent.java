package dev.lastmile.faults.process;

import java.io.IOException;

/** Whoever started this process. */
final class Parent {

    private static final int GONE = 130;

    private Parent() {}

    /** Ends this process at once when the other one is gone, which closes the pipe between them. */
    static void watch() {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // Nothing is said there.
                        }
                    } catch (IOException e) {
                        // Closed as well.
                    }
                    Runtime.getRuntime().halt(GONE);
                },
                "watch-parent");
        watch.setDaemon(true);
        watch.start();
    }
}
