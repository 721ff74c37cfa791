package org.chanterelle.rt;

import org.chanterelle.signal.RealTime;

/**
 * A note that may be held for ever: where its sound ends it goes on from {@code loopStart}, which joins without a seam, each time quieter
 * by {@code loopGain} for what dies away. Immutable; the array is not copied.
 *
 * @param audio mono, at the model's rate, at least one frame after the loop's start
 * @param loopStart first frame of the loop
 * @param loopGain 0 to 1
 */
public record LoopedNote(float[] audio, int loopStart, float loopGain) {
    /** Rejects a loop outside of the sound. */
    public LoopedNote {
        if (loopStart < 0 || loopStart >= audio.length || !(loopGain >= 0 && loopGain <= 1)) {
            throw new IllegalArgumentException("loop from " + loopStart + " of " + audio.length + " frames, gain " + loopGain);
        }
    }

    /** A place in a note. One thread. */
    public static final class Cursor {
        private int position;
        private float gain = 1f;

        /** Goes to the beginning. */
        @RealTime
        public void reset() {
            position = 0;
            gain = 1f;
        }

        /** Goes to a place before the loop has come round. */
        public void moveTo(int newPosition) {
            position = newPosition;
            gain = 1f;
        }

        /** Copies the next frames of a note. */
        @RealTime
        public void read(LoopedNote note, float[] out, int offset, int frames) {
            float[] audio = note.audio;
            for (int i = 0; i < frames; i++) {
                if (position >= audio.length) {
                    position = note.loopStart;
                    gain *= note.loopGain;
                }
                out[offset + i] = gain * audio[position++];
            }
        }
    }
}
