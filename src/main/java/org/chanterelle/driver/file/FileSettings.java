package org.chanterelle.driver.file;

import java.util.List;
import org.chanterelle.signal.TimedMidi;

/**
 * What a {@link FileDriver} plays and how.
 *
 * @param input microphone signal, mono; not copied; may be empty
 * @param midi messages, in order of time; may be empty
 * @param sampleRateHz rate of the input and of the output
 * @param blockFrames frames in a block, at least 1; the last block is what remains
 * @param tailSeconds silence appended to the input, in which rooms and latency ring out
 * @param mostSeconds where all ends, whatever is still to be heard; infinite to play to the end
 * @param realTime whether blocks come by the clock ({@code process}) or as fast as they are made ({@code processInStep})
 */
public record FileSettings(float[] input, List<TimedMidi> midi, double sampleRateHz, int blockFrames, double tailSeconds,
        double mostSeconds, boolean realTime) {
    public FileSettings {
        if (!(sampleRateHz > 0) || blockFrames < 1 || !(tailSeconds >= 0) || !(mostSeconds > 0)) {
            throw new IllegalArgumentException(
                    "no way to play: " + sampleRateHz + " Hz, blocks of " + blockFrames + ", tail of " + tailSeconds
                            + " s, at most "
                            + mostSeconds + " s");
        }
        midi = List.copyOf(midi);
        for (int i = 1; i < midi.size(); i++) {
            if (midi.get(i).seconds() < midi.get(i - 1).seconds()) {
                throw new IllegalArgumentException("MIDI message " + i + " is earlier than the one before");
            }
        }
    }

    /** A recording, as fast as possible. */
    public static FileSettings ofSound(float[] input, double sampleRateHz, int blockFrames, double tailSeconds) {
        return new FileSettings(input, List.of(), sampleRateHz, blockFrames, tailSeconds, Double.POSITIVE_INFINITY, false);
    }

    /** MIDI, as fast as possible. */
    public static FileSettings ofMidi(List<TimedMidi> midi, double sampleRateHz, int blockFrames, double tailSeconds) {
        return new FileSettings(new float[0], midi, sampleRateHz, blockFrames, tailSeconds, Double.POSITIVE_INFINITY, false);
    }

    /** Frame of a message. */
    long frameOf(TimedMidi message) {
        return Math.round(message.seconds() * sampleRateHz);
    }

    /** Frames that will be played. */
    public long lengthFrames() {
        long last = midi.isEmpty() ? 0 : frameOf(midi.getLast()) + 1;
        long all = Math.max(input.length, last) + Math.round(tailSeconds * sampleRateHz);
        return Math.min(all, Math.max(1, Math.round(mostSeconds * sampleRateHz)));
    }
}
