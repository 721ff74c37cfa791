package org.chanterelle.audiofile;

import java.io.IOException;
import java.nio.file.Path;
import net.sourceforge.javaflacencoder.FLACEncoder;
import net.sourceforge.javaflacencoder.FLACFileOutputStream;
import net.sourceforge.javaflacencoder.StreamConfiguration;

/** FLAC, encoded by javaFlacEncoder on the calling thread. */
final class FlacWriter {
    private static final int BLOCK_FRAMES = 4096;

    private FlacWriter() {}

    static void write(Path file, AudioClip clip, int bits) throws IOException {
        int channels = clip.channels().length;
        FLACEncoder encoder = new FLACEncoder();
        encoder.setStreamConfiguration(new StreamConfiguration(channels, BLOCK_FRAMES, BLOCK_FRAMES, clip.sampleRateHz(), bits));
        try (FLACFileOutputStream out = new FLACFileOutputStream(file.toFile())) {
            encoder.setOutputStream(out);
            encoder.openFLACStream();
            int[] block = new int[BLOCK_FRAMES * channels];
            for (int from = 0; from < clip.frames(); from += BLOCK_FRAMES) {
                int count = Math.min(BLOCK_FRAMES, clip.frames() - from);
                interleave(clip, from, count, bits, block);
                encoder.addSamples(block, count);
                int full = encoder.fullBlockSamplesAvailableToEncode();
                if (full > 0) {
                    encoder.encodeSamples(full, false);
                }
            }
            encoder.encodeSamples(encoder.samplesAvailableToEncode(), true);
        }
    }

    private static void interleave(AudioClip clip, int from, int count, int bits, int[] block) {
        int channels = clip.channels().length;
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < count; i++) {
                block[i * channels + c] = AudioWriter.quantise(clip.channels()[c][from + i], bits);
            }
        }
    }
}
