package org.chanterelle.rt;

import org.chanterelle.signal.RealTime;

/** The largest magnitude that passed since somebody looked. One thread hears, another looks; a peak of the very moment may be lost. */
final class PeakMeter {
    private volatile float peak;

    @RealTime
    void hear(float[] audio, int offset, int frames) {
        float most = peak;
        for (int i = offset; i < offset + frames; i++) {
            most = Math.max(most, Math.abs(audio[i]));
        }
        peak = most;
    }

    /** Largest magnitude since the last call, linear. */
    float take() {
        float taken = peak;
        peak = 0f;
        return taken;
    }
}
