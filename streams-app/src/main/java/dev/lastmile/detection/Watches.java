package dev.lastmile.detection;

import org.jspecify.annotations.Nullable;

/** What watches one slice, verdict by verdict. */
interface Watches {

    /** The watch of a verdict; absent where it is not watched. */
    @Nullable
    Watch watch(Verdict verdict);
}
