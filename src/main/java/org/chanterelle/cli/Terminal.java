package org.chanterelle.cli;

/** What standard error is connected to. */
final class Terminal {
    /** Told by the launcher: the JDK's console knows of input and output only. */
    private static final String PROPERTY = "chanterelle.terminal";

    private Terminal() {}

    /** Whether somebody watches standard error. */
    static boolean isErrorOutput() {
        return Boolean.getBoolean(PROPERTY);
    }
}
