package org.chanterelle.train.expression;

import java.util.List;

/**
 * The slope of the harmonics that pitch and level let expect, within each recording: microphones and rooms tilt the spectrum too.
 *
 * @param perKey change of the slope per semitone
 * @param perDb change of the slope per dB of loudness
 */
record BrightnessTrend(double perKey, double perDb) {
    /** Means of a recording. */
    record Mean(double key, double loudnessDb, double tiltDbPerOctave) {}

    /** By least squares over all recordings, each about its own mean. */
    static BrightnessTrend fit(List<RecordedNotes> recordings) {
        double keys = 1e-9;
        double levels = 1e-9;
        double both = 0;
        double keyTilt = 0;
        double levelTilt = 0;
        for (RecordedNotes recording : recordings) {
            Mean mean = mean(recording);
            for (PlayedNote note : recording.notes()) {
                if (!Double.isNaN(note.tiltDbPerOctave())) {
                    double key = note.context().key() - mean.key();
                    double level = note.loudnessDb() - mean.loudnessDb();
                    double tilt = note.tiltDbPerOctave() - mean.tiltDbPerOctave();
                    keys += key * key;
                    levels += level * level;
                    both += key * level;
                    keyTilt += key * tilt;
                    levelTilt += level * tilt;
                }
            }
        }
        double determinant = Math.max(1e-9, keys * levels - both * both);
        return new BrightnessTrend(
                (keyTilt * levels - levelTilt * both) / determinant, (levelTilt * keys - keyTilt * both) / determinant);
    }

    /** What a note's slope exceeds the expected by; NaN where it has none. */
    double brightness(PlayedNote note, Mean mean) {
        return note.tiltDbPerOctave() - mean.tiltDbPerOctave() - perKey * (note.context().key() - mean.key())
                - perDb * (note.loudnessDb() - mean.loudnessDb());
    }

    /** Mean pitch, loudness and slope of the notes that have one. */
    static Mean mean(RecordedNotes recording) {
        double[] sum = new double[4];
        for (PlayedNote note : recording.notes()) {
            if (!Double.isNaN(note.tiltDbPerOctave())) {
                sum[0] += note.context().key();
                sum[1] += note.loudnessDb();
                sum[2] += note.tiltDbPerOctave();
                sum[3]++;
            }
        }
        double n = Math.max(1, sum[3]);
        return new Mean(sum[0] / n, sum[1] / n, sum[2] / n);
    }
}
