package org.chanterelle.signal;

/**
 * A request that cannot be met as it stands, told in one line: what, where, expected, found and the remedy. The command line prints
 * the message and exits with {@link #exitCode}.
 */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** 2: the request cannot be met; 1: it was under way and failed. */
    public final int exitCode;

    /** The request cannot be met (exit code 2). */
    public UserError(String message) {
        this(2, message, null);
    }

    /** The request cannot be met (exit code 2), because of {@code cause}. */
    public UserError(String message, Throwable cause) {
        this(2, message, cause);
    }

    /** With an explicit exit code. */
    public UserError(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }
}
