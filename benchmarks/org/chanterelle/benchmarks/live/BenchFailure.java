package org.chanterelle.benchmarks.live;

/** A run that could not be measured, with the reason in one line. */
final class BenchFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BenchFailure(String message) {
        super(message);
    }
}
