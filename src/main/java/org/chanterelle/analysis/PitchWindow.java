package org.chanterelle.analysis;

import be.tarsos.dsp.pitch.FastYin;

/** FastYin on one window. Long windows, which are asked for low pitches only, are heard at half the rate for half the work. */
final class PitchWindow {
    private static final double THRESHOLD = 0.25;

    /** Length in frames. */
    final int span;

    /** Lowest pitch that the window holds about two periods of. */
    final double lowestHz;

    private final boolean halved;
    private final float[] heard;
    private final FastYin yin;

    PitchWindow(double sampleRateHz, int span, boolean halved) {
        this.span = span;
        this.halved = halved;
        lowestHz = 2.1 * sampleRateHz / span;
        heard = new float[halved ? span / 2 : span];
        yin = new FastYin((float) (halved ? sampleRateHz / 2 : sampleRateHz), heard.length, THRESHOLD);
    }

    /**
     * The first pitch with a dip under the threshold.
     *
     * @param anchor index of the window's middle if {@code centred}, else of its end
     * @return Hz, or a negative number if there is none
     */
    double pitchHz(float[] data, int anchor, boolean centred) {
        int start = centred ? anchor - span / 2 : anchor - span;
        if (halved) {
            for (int i = 0; i < heard.length; i++) {
                int at = start + 2 * i;
                heard[i] = 0.125f * (data[at - 2] + 3 * (data[at - 1] + data[at]) + data[at + 1]);
            }
        } else {
            System.arraycopy(data, start, heard, 0, span);
        }
        return yin.getPitch(heard).getPitch();
    }
}
