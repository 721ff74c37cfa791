package org.chanterelle.train;

import java.util.Arrays;
import org.chanterelle.signal.FeatureTrack;
import org.chanterelle.signal.Levels;

/**
 * One recording, ready to train on.
 *
 * @param name path below the data directory
 * @param audio mono at the model's rate, at the training level, as long as {@code features} times the hop
 * @param features one value a control frame
 * @param mask 1 where the loss looks, 0 where it doesn't, one value a control frame
 * @param room index of its learned reverb
 * @param weight how often its minutes are drawn
 * @param bandwidth share of the model's band that the recording has, above 0, at most 1; the loss looks no further
 */
public record TimbreClip(
        String name, float[] audio, FeatureTrack features, float[] mask, int room, double weight, double bandwidth) {

    /** Makes this clip louder or softer in place, audio and loudness together; for crops, which own their arrays. */
    TimbreClip scaled(double gainDb) {
        Levels.amplify(audio, gainDb);
        for (int i = 0; i < features.length(); i++) {
            features.loudnessDb()[i] += (float) gainDb;
        }
        return this;
    }

    /**
     * A part of the clip; before its start and beyond its end is silence.
     *
     * @param start first control frame, may be negative
     * @param frames control frames
     */
    TimbreClip crop(int start, int frames, int hop, float silenceDb) {
        int from = Math.max(0, start);
        int to = Math.max(from, Math.min(features.length(), start + frames));
        int before = from - start;
        float[] sound = new float[frames * hop];
        System.arraycopy(audio, from * hop, sound, before * hop, (to - from) * hop);
        float[] f0Hz = new float[frames];
        float[] loudnessDb = new float[frames];
        float[] confidence = new float[frames];
        boolean[] voiced = new boolean[frames];
        float[] masked = new float[frames];
        Arrays.fill(f0Hz, 0, before, features.f0Hz()[from]);
        Arrays.fill(f0Hz, before + to - from, frames, features.f0Hz()[to - 1]);
        Arrays.fill(loudnessDb, silenceDb);
        Arrays.fill(masked, 1f);
        System.arraycopy(features.f0Hz(), from, f0Hz, before, to - from);
        System.arraycopy(features.loudnessDb(), from, loudnessDb, before, to - from);
        System.arraycopy(features.confidence(), from, confidence, before, to - from);
        System.arraycopy(features.voiced(), from, voiced, before, to - from);
        System.arraycopy(mask, from, masked, before, to - from);
        return new TimbreClip(name, sound, new FeatureTrack(features.controlRateHz(), f0Hz, loudnessDb, confidence, voiced),
                masked, room, weight, bandwidth);
    }
}
