package org.chanterelle.cli;

import org.chanterelle.signal.UserError;

/** Sample rates that are believed. */
final class Rates {
    private static final int MIN_HZ = 8_000;
    private static final int MAX_HZ = 192_000;

    private Rates() {}

    /** Throws UserError when a rate is none. */
    static void check(String option, int hz) {
        if (hz < MIN_HZ || hz > MAX_HZ) {
            throw new UserError(option + " " + hz + ": expected " + MIN_HZ + " to " + MAX_HZ + " Hz. Give 48000, for instance.");
        }
    }
}
