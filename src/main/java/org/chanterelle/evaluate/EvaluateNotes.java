package org.chanterelle.evaluate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.signal.ScoreNote;
import org.chanterelle.signal.Units;
import org.chanterelle.signal.UserError;

/** Whether a recording of a single line has the notes of its score, judged by aubio. One thread. */
public final class EvaluateNotes {
    private static final double SAME_TIME_SECONDS = 1e-3;
    private static final double TOLERANCE_SECONDS = 0.02;
    private static final double TOLERANCE_CENTS = 50;
    private static final double CENTS_PER_OCTAVE = 1200;

    /** Between which shares of a note its pitch is taken. */
    private static final double FROM = 0.25;

    private static final double TO = 0.75;

    private final List<ScoreNote> notes;
    private final double[] onsets;
    private final ExternalOnsets onsetJudge;
    private final ExternalPitch pitchJudge;

    /**
     * What was heard.
     *
     * @param onsets of the score
     * @param onsetsFound within 20 ms, each heard onset taken for one
     * @param onsetsFalse heard where there is none
     * @param medianOffsetMs of those that were found, late above 0
     * @param notes whose pitch could be judged
     * @param pitchRight median pitch of a note's middle half within 50 cents of its key
     */
    public record Report(int onsets, int onsetsFound, int onsetsFalse, double medianOffsetMs, int notes, int pitchRight) {
        /** Share of the onsets, 0 to 1. */
        public double onsetShare() {
            return (double) onsetsFound / onsets;
        }

        /** Share of the notes, 0 to 1. */
        public double pitchShare() {
            return (double) pitchRight / notes;
        }
    }

    /**
     * Reads a score.
     *
     * @throws UserError when aubio is missing, or there are no notes
     */
    public EvaluateNotes(List<ScoreNote> notes) {
        onsetJudge = ExternalOnsets.find().orElseThrow(() -> new UserError(ExternalOnsets.MISSING));
        pitchJudge = ExternalPitch.find().orElseThrow(() -> new UserError(ExternalPitch.MISSING));
        if (notes.isEmpty()) {
            throw new UserError("the score has no notes");
        }
        this.notes = notes.stream().sorted(Comparator.comparingDouble(ScoreNote::startSeconds)).toList();
        onsets = distinct(this.notes.stream().mapToDouble(ScoreNote::startSeconds).toArray());
    }

    /** Judges a recording that begins with its score. */
    public Report of(AudioClip clip) {
        float[] mono = clip.mono();
        double[] heard = onsetJudge.track(mono, clip.sampleRateHz());
        double[] offsets = offsets(onsets, heard);
        double lowestHz = notes.stream().mapToDouble(note -> Units.midiToHz(note.pitch())).min().orElseThrow();
        Melody melody = pitchJudge.track(ExternalPitch.Method.YINFFT, mono, clip.sampleRateHz(), lowestHz);
        int judged = 0;
        int right = 0;
        for (ScoreNote note : notes) {
            double[] hz = middle(melody, note);
            if (hz.length > 0) {
                judged++;
                double cents = CENTS_PER_OCTAVE * Math.log(Medians.of(hz) / Units.midiToHz(note.pitch())) / Math.log(2);
                right += Math.abs(cents) <= TOLERANCE_CENTS ? 1 : 0;
            }
        }
        return new Report(onsets.length, offsets.length, heard.length - offsets.length,
                1e3 * Medians.of(offsets), judged, right);
    }

    /** Chords begin once. */
    private static double[] distinct(double[] rising) {
        double[] kept = new double[rising.length];
        int count = 0;
        for (double time : rising) {
            if (count == 0 || time - kept[count - 1] > SAME_TIME_SECONDS) {
                kept[count++] = time;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    /** How late each of the true times was heard that was heard at all; both rising. */
    static double[] offsets(double[] truth, double[] heard) {
        double[] offsets = new double[Math.min(truth.length, heard.length)];
        int count = 0;
        int i = 0;
        int j = 0;
        while (i < truth.length && j < heard.length) {
            double late = heard[j] - truth[i];
            if (Math.abs(late) <= TOLERANCE_SECONDS) {
                offsets[count++] = late;
                i++;
                j++;
            } else if (late < 0) {
                j++;
            } else {
                i++;
            }
        }
        return Arrays.copyOf(offsets, count);
    }

    /** The pitches that were heard in the middle of a note; a note that is silent throughout counts as one of 0 Hz. */
    private static double[] middle(Melody melody, ScoreNote note) {
        double length = note.endSeconds() - note.startSeconds();
        double from = note.startSeconds() + FROM * length;
        double to = note.startSeconds() + TO * length;
        double[] hz = new double[melody.length()];
        int frames = 0;
        int count = 0;
        for (int i = 0; i < melody.length(); i++) {
            if (melody.timesS()[i] >= from && melody.timesS()[i] <= to) {
                frames++;
                if (melody.hz()[i] > 0) {
                    hz[count++] = melody.hz()[i];
                }
            }
        }
        return frames > 0 && count == 0 ? new double[1] : Arrays.copyOf(hz, count);
    }
}
