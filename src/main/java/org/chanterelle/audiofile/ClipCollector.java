package org.chanterelle.audiofile;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.chanterelle.signal.UserError;

/** Gathers decoded blocks. Memory grows with what was decoded, never with what a header promised. */
final class ClipCollector {
    private static final int FIRST_FRAMES = 1 << 18;

    private final Path file;
    private final AudioInfo info;
    private final float[][] channels;
    private int frames;

    ClipCollector(Path file, AudioInfo info) {
        this.file = file;
        this.info = info;
        long first = info.frames() == AudioInfo.UNKNOWN ? FIRST_FRAMES : Math.min(info.frames(), FIRST_FRAMES);
        channels = new float[info.channels()][(int) first];
    }

    void add(float[][] block, int blockFrames) {
        long needed = (long) frames + blockFrames;
        AudioReader.checkLength(file, info, needed);
        if (needed > channels[0].length) {
            long grown = Math.max(needed, Math.min(2L * channels[0].length, info.frames() > 0 ? info.frames() : Long.MAX_VALUE));
            resize((int) Math.min(grown, Integer.MAX_VALUE - 8));
        }
        for (int c = 0; c < channels.length; c++) {
            System.arraycopy(block[c], 0, channels[c], frames, blockFrames);
        }
        frames = (int) needed;
    }

    AudioClip finish() {
        if (frames == 0) {
            throw new UserError(file + ": the header is followed by no audio (0 frames). Record or export it again.");
        }
        if (frames < channels[0].length) {
            resize(frames);
        }
        checkFinite();
        return new AudioClip(channels, info.sampleRateHz());
    }

    private void resize(int capacity) {
        for (int c = 0; c < channels.length; c++) {
            channels[c] = Arrays.copyOf(channels[c], capacity);
        }
    }

    private void checkFinite() {
        long bad = 0;
        int first = frames;
        for (float[] channel : channels) {
            for (int i = 0; i < frames; i++) {
                if (!Float.isFinite(channel[i])) {
                    bad++;
                    first = Math.min(first, i);
                }
            }
        }
        if (bad > 0) {
            throw new UserError(String.format(Locale.ROOT,
                    "%s: %d of %d samples are no numbers (NaN or infinite), the first at %.3f s; expected finite ones. Export it again, as PCM.",
                    file, bad, (long) frames * channels.length, (double) first / info.sampleRateHz()));
        }
    }
}
