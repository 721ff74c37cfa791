package org.chanterelle.inference.sing;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.chanterelle.inference.LaneSum;
import org.chanterelle.model.sing.SingConfig;
import org.chanterelle.rt.LoopedNote;
import org.chanterelle.signal.Units;

/**
 * Makes a note endless that the model has learnt for some seconds only: shortly before the learnt release it goes back to where it sounds
 * most alike, cross-faded. What dies away goes on dying away at the pace at which it came there. A loop of the sound, not of the network:
 * a generator whose time stands still repeats each control frame, which is heard as a buzz.
 */
final class NoteLoop {
    /** Between the end of the loop and the learnt release. */
    private static final double MARGIN_SECONDS = 0.15;

    /** Long enough for a vibrato to go round a few times. */
    private static final double LONGEST_SECONDS = 1;

    private static final double SHORTEST_SHARE = 0.5;
    private static final double FADE_SECONDS = 0.06;
    private static final double TEMPLATE_SECONDS = 0.04;

    /** Levels are compared between windows of this length, from this share of the note on. */
    private static final double LEVEL_SECONDS = 0.1;

    private static final double BODY_SHARE = 0.28;

    /**
     * What falls more slowly is held. Of a line through all levels: two levels, one at each end, took the beating of an organ or a string
     * section for a decay.
     */
    private static final double HELD_DB_PER_SECOND = -1.2;

    private static final double SILENCE = 1e-12;
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private final double rateHz;
    private final int length;
    private final int fade;
    private final int longest;
    private final int shortest;
    private final int template;
    private final int levelWindow;

    NoteLoop(SingConfig config) {
        int rate = config.sampleRateHz();
        rateHz = rate;
        int held = (int) (config.holdSeconds() * rate);
        length = Math.max(4, Math.min(config.noteSamples(), held - (int) Math.min(MARGIN_SECONDS * rate, 0.1 * held)));
        longest = Math.max(2, (int) Math.min(LONGEST_SECONDS * rate, 0.4 * length));
        shortest = Math.max(1, (int) (SHORTEST_SHARE * longest));
        fade = Math.max(1, (int) Math.min(FADE_SECONDS * rate, 0.5 * shortest));
        template = Math.max(1, (int) Math.min(TEMPLATE_SECONDS * rate, fade));
        levelWindow = Math.max(1, (int) Math.min(LEVEL_SECONDS * rate, 0.3 * length));
    }

    /** Audio frames of a note that the network makes: the rest is the loop. */
    int length() {
        return length;
    }

    /** Audio frames that stay as the network made them: what comes after is cross-faded. */
    int untouched() {
        return length - fade;
    }

    /** Cross-fades the end of a note's first {@link #length} frames, in place, and says where it goes on. */
    LoopedNote close(float[] audio) {
        int period = bestPeriod(audio);
        double fallDbPerSecond = dbPerSecond(audio);
        float gain = fallDbPerSecond > HELD_DB_PER_SECOND ? 1f : (float) Units.dbToGain(fallDbPerSecond * period / rateHz);
        double alike = Math.max(0, likeness(audio, period));
        for (int i = 0; i < fade; i++) {
            int at = length - fade + i;
            double share = (i + 1.0) / (fade + 1);
            double power = (1 - share) * (1 - share) + share * share + 2 * share * (1 - share) * alike;
            audio[at] = (float) (((1 - share) * audio[at] + share * gain * audio[at - period]) / Math.sqrt(power));
        }
        return new LoopedNote(audio, length - period, gain);
    }

    /** How the level changes over the note's body: the slope of the line that fits it best. */
    private double dbPerSecond(float[] audio) {
        double first = BODY_SHARE * length;
        int windows = Math.max(2, (int) ((length - first) / levelWindow));
        double middle = (windows - 1) / 2.0;
        double rise = 0;
        double spread = 0;
        for (int i = 0; i < windows; i++) {
            int from = Math.max(0, length - (windows - i) * levelWindow);
            double db = 10 * Math.log10(energy(audio, from, levelWindow) / levelWindow + SILENCE);
            rise += (i - middle) * db;
            spread += (i - middle) * (i - middle);
        }
        return rise / spread / levelWindow * rateHz;
    }

    /** Of the allowed periods the one after which the sound before the end is most like itself. */
    private int bestPeriod(float[] audio) {
        int from = templateStart();
        double own = energy(audio, from, template);
        double other = energy(audio, from - shortest, template);
        int best = longest;
        double most = Double.NEGATIVE_INFINITY;
        for (int period = shortest; period <= longest; period++) {
            double alike = dot(audio, from, from - period, template) / Math.sqrt(own * other + SILENCE);
            if (alike > most) {
                most = alike;
                best = period;
            }
            other += from > period ? square(audio[from - period - 1]) - square(audio[from - period - 1 + template]) : 0;
        }
        return best;
    }

    /** The template lies in the middle of the cross-fade. */
    private int templateStart() {
        return length - fade + (fade - template) / 2;
    }

    /** Normalised correlation of the template with the sound a period before. */
    private double likeness(float[] audio, int period) {
        int from = templateStart();
        double energies = energy(audio, from, template) * energy(audio, from - period, template);
        return dot(audio, from, from - period, template) / Math.sqrt(energies + SILENCE);
    }

    private static double square(float x) {
        return (double) x * x;
    }

    private static float dot(float[] audio, int one, int other, int frames) {
        FloatVector sum = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= frames - LANES; i += LANES) {
            sum = FloatVector.fromArray(SPECIES, audio, one + i).fma(FloatVector.fromArray(SPECIES, audio, other + i), sum);
        }
        float total = LaneSum.of(sum);
        for (; i < frames; i++) {
            total += audio[one + i] * audio[other + i];
        }
        return total;
    }

    private static double energy(float[] audio, int from, int frames) {
        double sum = 0;
        for (int i = Math.max(0, from); i < from + frames; i++) {
            sum += (double) audio[i] * audio[i];
        }
        return sum;
    }
}
