package org.chanterelle.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.rt.dsp.Resampler;
import org.chanterelle.signal.Levels;
import org.chanterelle.signal.UserError;

/** The recordings that are evaluated, and the rate at which every figure is taken. */
final class Recordings {
    /** Rate at which sounds are compared. */
    static final int RATE_HZ = 16_000;

    /** RMS level at which spectral losses are taken: they depend on it. */
    static final double LEVEL_DBFS = -21;

    private Recordings() {}

    /** All audio files under a folder, sorted; at least one. */
    static List<Path> under(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new UserError(folder + ": no such folder; expected one with recordings to evaluate");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> audio = files.filter(Recordings::isAudio).sorted().toList();
            if (audio.isEmpty()) {
                throw new UserError(folder + ": no WAV, FLAC, AIFF or Ogg files in it; expected recordings to evaluate");
            }
            return audio;
        } catch (IOException e) {
            throw new UserError(folder + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /** A recording, mono, without digital silence at its ends, so loud that its 16 kHz version has {@link #LEVEL_DBFS}. */
    static AudioClip levelled(Path file) {
        AudioClip clip = AudioReader.read(file);
        float[] trimmed = Levels.trimmed(clip.mono());
        double nowDb = Levels.rmsDbfs(at16k(AudioClip.mono(trimmed, clip.sampleRateHz())));
        if (Double.isInfinite(nowDb)) {
            throw new UserError(file + ": silent; expected a recording. Leave it out");
        }
        return AudioClip.mono(Levels.scaled(trimmed, LEVEL_DBFS - nowDb), clip.sampleRateHz());
    }

    /** A clip at {@link #RATE_HZ}, mono. */
    static float[] at16k(AudioClip clip) {
        return clip.sampleRateHz() == RATE_HZ ? clip.mono() : Resampler.resample(clip.mono(), clip.sampleRateHz(), RATE_HZ);
    }

    private static boolean isAudio(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).matches(".*\\.(wav|flac|aif|aiff|ogg)");
    }
}
