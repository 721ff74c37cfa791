package org.chanterelle.generate;

import java.nio.file.Path;
import java.util.Arrays;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.signal.UserError;

/** Impulse responses as they come in files: at any level, often with silence in front. */
final class ImpulseFile {
    /** Longer ones are not rooms. */
    private static final double MAX_SECONDS = 20;

    /** What lies this far below the direct sound and before it is silence. */
    private static final float SILENCE = 1e-3f;

    private ImpulseFile() {}

    /** The response from its beginning, scaled so that the largest value, taken for the direct sound, is 1. */
    static float[] directFirst(Path file, AudioClip clip) {
        if (clip.seconds() > MAX_SECONDS) {
            throw new UserError(String.format(
                    java.util.Locale.ROOT,
                    "%s: %.1f seconds long; an impulse response of at most %.0f was expected. Trim it.",
                    file,
                    clip.seconds(),
                    MAX_SECONDS));
        }
        float[] mono = clip.mono();
        float peak = 0;
        for (float x : mono) {
            peak = Math.abs(x) > Math.abs(peak) ? x : peak;
        }
        if (peak == 0) {
            throw new UserError(file + ": silent; expected an impulse response. Record one, or give --reverb own or none.");
        }
        int start = 0;
        while (Math.abs(mono[start]) < SILENCE * Math.abs(peak)) {
            start++;
        }
        float[] impulse = Arrays.copyOfRange(mono, start, mono.length);
        for (int i = 0; i < impulse.length; i++) {
            impulse[i] /= peak;
        }
        return impulse;
    }
}
