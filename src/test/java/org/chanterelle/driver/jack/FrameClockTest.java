package org.chanterelle.driver.jack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrameClockTest {
    private final FrameClock clock = new FrameClock();

    private long after(int time, int frames) {
        clock.advance(time, frames);
        return clock.now();
    }

    @Test
    void goesOnWhereTheServersClockWrapsAround() {
        assertThat(after(-100, 64)).isEqualTo(0xffff_ffffL - 99);
        assertThat(after(-36, 64)).isEqualTo(0xffff_ffffL - 35);
        assertThat(after(28, 64)).isEqualTo(0x1_0000_0000L + 28);
    }

    @Test
    void leapsOverLostCycles() {
        after(0, 64);
        assertThat(after(640, 64)).isEqualTo(640);
    }

    @Test
    void neverGoesBack() {
        after(1000, 64);
        assertThat(after(500, 128)).isEqualTo(1064);
        assertThat(after(628, 128)).isEqualTo(1192);
    }

    @Test
    void goesOnAtTheNextServer() {
        after(1000, 64);
        clock.restart();
        assertThat(after(20, 256)).isEqualTo(1064);
        assertThat(after(276, 256)).isEqualTo(1320);
    }
}
