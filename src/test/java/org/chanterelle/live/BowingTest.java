package org.chanterelle.live;

/** The default violin. */
final class BowingTest extends Bowing {
    BowingTest() {
        super("violin");
    }
}
