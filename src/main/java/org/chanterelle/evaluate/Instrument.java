package org.chanterelle.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chanterelle.analysis.FeatureExtractor;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.signal.FeatureTrack;

/**
 * Recordings of an instrument with their features.
 *
 * @param recordings sound at 16 kHz and -21 dBFS RMS, features at the model's control rate
 */
record Instrument(List<EqualisedSawtooth.Example> recordings) {
    /** Reads all recordings under a folder. */
    static Instrument under(Path folder, double controlRateHz) {
        return of(Recordings.under(folder), controlRateHz);
    }

    static Instrument of(List<Path> files, double controlRateHz) {
        List<EqualisedSawtooth.Example> recordings = new ArrayList<>();
        for (Path file : files) {
            AudioClip clip = Recordings.levelled(file);
            FeatureTrack features = FeatureExtractor.extract(clip.mono(), clip.sampleRateHz(), controlRateHz);
            recordings.add(new EqualisedSawtooth.Example(Recordings.at16k(clip), features));
        }
        return new Instrument(recordings);
    }
}
