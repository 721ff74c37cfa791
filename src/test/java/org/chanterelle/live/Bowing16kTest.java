package org.chanterelle.live;

/** The violin of 16 kHz. */
final class Bowing16kTest extends Bowing {
    Bowing16kTest() {
        super("violin-16k");
    }
}
