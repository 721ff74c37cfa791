package org.chanterelle.evaluate.conformance;

import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.chanterelle.analysis.FeatureExtractor;
import org.chanterelle.analysis.spectrum.MelScale;
import org.chanterelle.evaluate.Melody;
import org.chanterelle.evaluate.MelodyMetrics;
import org.chanterelle.evaluate.MelodyScores;
import org.chanterelle.signal.FeatureTrack;
import org.chanterelle.signal.Units;

/** Pitch and its comparison. */
final class MelodyAdapters {
    private MelodyAdapters() {}

    static Map<String, NpyArray> pitchTrack(VectorCase vector) {
        double rateHz = vector.number("sr");
        FeatureTrack track = FeatureExtractor.extract(vector.audio("audio"), rateHz, rateHz / vector.number("hop"));
        double[] f0Hz = IntStream.range(0, track.length()).mapToDouble(i -> track.voiced()[i] ? track.f0Hz()[i] : 0).toArray();
        return Map.of("f0_hz", NpyArray.vector(f0Hz));
    }

    static Map<String, NpyArray> pitchUnits(VectorCase vector) {
        return Map.of(
                "hz_to_midi", map(vector.in("hz"), hz -> hz > 0 ? Units.hzToMidi(hz) : 0),
                "midi_to_hz", map(vector.in("midi"), Units::midiToHz),
                "hz_to_mel", map(withoutFirst(vector.in("hz")), MelScale.HTK::fromHz));
    }

    static Map<String, NpyArray> melodyMetrics(VectorCase vector) {
        MelodyScores scores = MelodyMetrics.compare(melody(vector.in("ref")), melody(vector.in("est")),
                vector.number("cent_tolerance"));
        return Map.of(
                "voicing_recall", NpyArray.scalar(scores.voicingRecall()),
                "voicing_false_alarm", NpyArray.scalar(scores.voicingFalseAlarm()),
                "raw_pitch_accuracy", NpyArray.scalar(scores.rawPitchAccuracy()),
                "raw_chroma_accuracy", NpyArray.scalar(scores.rawChromaAccuracy()),
                "overall_accuracy", NpyArray.scalar(scores.overallAccuracy()));
    }

    /** The first value, 0 Hz, is there for the MIDI number only. */
    private static NpyArray withoutFirst(NpyArray in) {
        return NpyArray.vector(Arrays.copyOfRange(in.values(), 1, in.values().length));
    }

    private static NpyArray map(NpyArray in, DoubleUnaryOperator function) {
        return new NpyArray(in.shape(),
                IntStream.range(0, in.values().length).mapToDouble(i -> function.applyAsDouble(in.values()[i])).toArray());
    }

    private static Melody melody(NpyArray columns) {
        int rows = columns.shape()[0];
        double[] timesS = new double[rows];
        double[] hz = new double[rows];
        for (int i = 0; i < rows; i++) {
            timesS[i] = columns.values()[2 * i];
            hz[i] = columns.values()[2 * i + 1];
        }
        return new Melody(timesS, hz);
    }
}
