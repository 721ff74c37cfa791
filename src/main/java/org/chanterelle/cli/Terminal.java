package org.chanterelle.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What standard error is connected to. */
final class Terminal {
    private static final Path ERROR_OUTPUT = Path.of("/proc/self/fd/2");

    private Terminal() {}

    /** Whether somebody watches standard error. The console of the JDK only knows of input and output. */
    static boolean isErrorOutput() {
        try {
            String target = Files.readSymbolicLink(ERROR_OUTPUT).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            // No /proc: not Linux.
            return System.console() != null && System.console().isTerminal();
        }
    }
}
