package org.chanterelle.train.expression;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.chanterelle.model.expression.NoteExpression;
import org.chanterelle.model.expression.NoteField;
import org.chanterelle.signal.FeatureTrack;

/** Measures the notes of one recording. Every measure is left out where the note is too short, or too close to others, to tell. */
final class NoteMeasure {
    private static final double SWELL_FROM_SECONDS = 0.5;
    private static final double SWELL_SMOOTHING_SECONDS = 0.1;
    private static final double VIBRATO_FROM_SECONDS = 0.3;
    private static final double STRAIGHT_FROM_SECONDS = 0.5;
    private static final double BODY_FROM_SECONDS = 0.12;
    private static final double ALONE_DB = 10;
    private static final double MAX_SCOOP_CENTS = 120;
    private static final double RELEASE_DB = 20;
    private static final double STEP_SEMITONES = 0.7;
    private static final double LEFT = 0.2;
    private static final double ARRIVED = 0.8;

    private final double rateHz;
    private final float[] keys;
    private final float[] levelDb;
    private final float[] confidence;
    private final NoteSpectrum spectrum;

    NoteMeasure(FeatureTrack track, NoteSpectrum spectrum) {
        rateHz = track.controlRateHz();
        keys = PitchSteps.keys(track.f0Hz());
        levelDb = track.loudnessDb();
        confidence = track.confidence();
        this.spectrum = spectrum;
    }

    /** Pitch of the body. */
    double key(NoteSpan note) {
        int skip = note.to() - note.from() > frames(0.12) ? frames(0.04) : 0;
        return Curve.median(keys, note.from() + skip, note.to() - skip / 2);
    }

    /** Slope of the harmonics in dB per octave; NaN for short notes and high ones. */
    double tiltDbPerOctave(NoteSpan note) {
        boolean tells = note.to() - note.from() >= frames(BODY_FROM_SECONDS);
        return tells ? spectrum.tiltDbPerOctave(note.from() + frames(0.05), note.to() - frames(0.03)) : Double.NaN;
    }

    /**
     * What one note tells, but for its level and brightness, which are told against other notes'.
     *
     * @param last the note before, or null
     * @param next where the note after begins
     */
    NoteExpression measure(NoteSpan note, LevelShape level, NoteSpan last, int next) {
        Map<NoteField, Double> found = new EnumMap<>(NoteField.class);
        attack(note, level, found);
        body(note, level, found);
        vibrato(note, found);
        if (note.legato() && last != null) {
            glide(note, last, found);
        } else {
            scoop(note, level, found);
        }
        release(note, next, found);
        float[] values = new float[NoteField.ALL.size()];
        Arrays.fill(values, Float.NaN);
        found.forEach((field, value) -> values[field.ordinal()] = value.floatValue());
        return whole(values);
    }

    /** A group with one value missing or out of range is not known. */
    private static NoteExpression whole(float[] values) {
        for (NoteField.Group group : NoteField.Group.values()) {
            boolean known = group.fields().stream().allMatch(field -> {
                float value = values[field.ordinal()];
                return !Float.isNaN(value) && field.allows(value);
            });
            if (!known) {
                group.fields().forEach(field -> values[field.ordinal()] = Float.NaN);
            }
        }
        return NoteExpression.of(values);
    }

    private void attack(NoteSpan note, LevelShape level, Map<NoteField, Double> found) {
        found.put(NoteField.ATTACK_SECONDS, (level.attackEnd() - level.onset()) / rateHz);
        found.put(NoteField.ATTACK_DB, Math.max(0, level.bodyDb() - levelDb[level.onset()]));
        int bodyAt = level.onset() + frames(0.1);
        if (isAlone(level) && note.to() - bodyAt >= frames(0.03)) {
            double early = spectrum.noiseDb(level.onset() + frames(0.025));
            double late = 0;
            int count = 0;
            for (int frame = bodyAt; frame < Math.min(note.to() - frames(0.02), bodyAt + frames(0.3)); frame += 4, count++) {
                late += spectrum.noiseDb(frame);
            }
            found.put(NoteField.ATTACK_NOISE_DB, early - late / count);
        }
    }

    private void body(NoteSpan note, LevelShape level, Map<NoteField, Double> found) {
        int end = note.to() - frames(0.03);
        if (note.to() - level.onset() < frames(SWELL_FROM_SECONDS)) {
            return;
        }
        int from = level.attackEnd();
        float[] course = Arrays.copyOfRange(levelDb, from, Math.max(from + 1, end));
        float[] swell = Curve.smooth(course, frames(SWELL_SMOOTHING_SECONDS));
        int peak = Curve.highest(swell, 0, swell.length);
        double wobble = 0;
        for (int i = 0; i < swell.length; i++) {
            wobble += (course[i] - swell[i]) * (course[i] - swell[i]) / swell.length;
        }
        found.put(NoteField.SWELL_DB, Math.max(0, swell[peak] - Curve.mean(swell, 0, swell.length)));
        found.put(NoteField.SWELL_SECONDS, (from + peak - level.onset()) / rateHz);
        found.put(NoteField.WOBBLE_DB, Math.sqrt(wobble));
    }

    /** A straight note must be long enough to have shown a vibrato, one with vibrato only long enough for it. */
    private void vibrato(NoteSpan note, Map<NoteField, Double> found) {
        int from = note.from() + frames(0.04);
        int to = note.to() - frames(0.03);
        if (to - from < frames(VIBRATO_FROM_SECONDS)) {
            return;
        }
        Vibrato vibrato = Vibrato.find(Curve.cents(keys, from, to), rateHz / 2);
        if (vibrato != null) {
            found.put(NoteField.VIBRATO_DELAY_SECONDS, vibrato.delaySeconds() + (from - note.from()) / rateHz);
            found.put(NoteField.VIBRATO_RATE_HZ, vibrato.rateHz());
            found.put(NoteField.VIBRATO_DEPTH_CENTS, vibrato.depthCents());
        } else if (to - from >= frames(STRAIGHT_FROM_SECONDS)) {
            found.put(NoteField.VIBRATO_DEPTH_CENTS, 0.0);
        }
    }

    /** Time from a fifth to four fifths of the way, as a whole way. */
    private void glide(NoteSpan note, NoteSpan last, Map<NoteField, Double> found) {
        double before = key(last);
        double after = Curve.median(keys, note.from() + frames(0.03), Math.min(note.to(), note.from() + frames(0.15)));
        if (Math.abs(after - before) < STEP_SEMITONES) {
            return;
        }
        int start = note.from();
        while (start > last.from() && share(start, before, after) > LEFT) {
            start--;
        }
        int end = start + 1;
        while (end < note.to() - 1 && share(end, before, after) < ARRIVED) {
            end++;
        }
        double left = start + part(start, before, after, LEFT);
        double arrived = end - 1 + part(end - 1, before, after, ARRIVED);
        found.put(NoteField.GLIDE_SECONDS, Math.max(0, arrived - left) / rateHz / (ARRIVED - LEFT));
    }

    /** How far behind {@code frame}, in frames, a share of the way is reached. */
    private double part(int frame, double before, double after, double share) {
        double here = share(frame, before, after);
        return Math.clamp((share - here) / Math.max(1e-6, share(frame + 1, before, after) - here), 0, 1);
    }

    private double share(int frame, double before, double after) {
        return (keys[frame] - before) / (after - before);
    }

    private void scoop(NoteSpan note, LevelShape level, Map<NoteField, Double> found) {
        int from = Math.max(note.from(), level.onset());
        if (!isAlone(level) || note.to() - from < frames(0.15)) {
            return;
        }
        while (from < note.to() - frames(0.1) && confidence[from] < 0.8) {
            from++;
        }
        double body = Curve.median(keys, from + frames(0.07), Math.min(note.to(), from + frames(0.25)));
        double scoop = 100 * (Curve.median(keys, from + frames(0.01), from + frames(0.025)) - body);
        if (Math.abs(scoop) > MAX_SCOOP_CENTS) {
            return;
        }
        int half = from;
        while (half < note.to() && 100 * (keys[half] - body) / scoop > 0.5) {
            half++;
        }
        found.put(NoteField.SCOOP_CENTS, scoop);
        found.put(NoteField.SCOOP_SECONDS, scoop == 0 ? 0 : (half - from) / rateHz);
    }

    /** What rings on from the note before hides pitch and noise of a beginning. */
    private boolean isAlone(LevelShape level) {
        return level.bodyDb() - levelDb[level.onset()] >= ALONE_DB;
    }

    private void release(NoteSpan note, int next, Map<NoteField, Double> found) {
        int end = note.to() - 1;
        double body = Curve.median(levelDb, note.to() - frames(0.2), note.to() - frames(0.05));
        while (end > note.from() && levelDb[end] < body - 3) {
            end--;
        }
        for (int i = end; i < next; i++) {
            if (levelDb[i] <= body - RELEASE_DB) {
                found.put(NoteField.RELEASE_SECONDS, (i - end) / rateHz);
                return;
            }
        }
    }

    private int frames(double seconds) {
        return (int) Math.round(seconds * rateHz);
    }
}
