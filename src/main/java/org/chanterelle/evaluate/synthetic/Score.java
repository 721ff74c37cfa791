package org.chanterelle.evaluate.synthetic;

import java.util.List;
import org.chanterelle.signal.Units;

/** A score in time: what pitch, effort, voicing and mouth a singer has at each moment. Without the singer's own unsteadiness. */
final class Score {
    private static final double VIBRATO_HZ = 5.6;
    private static final double VIBRATO_DELAY_S = 0.2;
    private static final double VIBRATO_GROWTH_S = 0.35;
    private static final double S_SECONDS = 0.13;
    private static final double ATTACK_S = 0.07;
    private static final double RELEASE_S = 0.12;
    private static final double TONGUE_S = 0.05;
    private static final double TONGUE_GAIN = 0.35;
    private static final double MOUTH_GLIDE_S = 0.07;

    private final List<Syllable> syllables;
    private final double[] starts;

    Score(List<Syllable> syllables) {
        this.syllables = List.copyOf(syllables);
        starts = new double[syllables.size() + 1];
        for (int i = 0; i < syllables.size(); i++) {
            starts[i + 1] = starts[i] + syllables.get(i).seconds();
        }
    }

    double seconds() {
        return starts[starts.length - 1];
    }

    /** The syllable at this time. */
    int indexAt(double seconds) {
        int index = 0;
        while (index < syllables.size() - 1 && seconds >= starts[index + 1]) {
            index++;
        }
        return index;
    }

    double f0Hz(int index, double seconds) {
        Syllable now = syllables.get(index);
        double into = seconds - starts[index];
        double from = index == 0 ? now.midiNote() : syllables.get(index - 1).midiNote();
        double midi = from + (now.midiNote() - from) * smooth(into / now.glideSeconds());
        double depth = now.vibratoCents() * smooth((into - VIBRATO_DELAY_S) / VIBRATO_GROWTH_S);
        return Units.midiToHz(midi + depth / 100 * Math.sin(2 * Math.PI * VIBRATO_HZ * into));
    }

    double effortDb(int index, double seconds) {
        Syllable now = syllables.get(index);
        return now.startDb() + (now.endDb() - now.startDb()) * smooth((seconds - starts[index]) / now.seconds());
    }

    /** Gain of the voice, 0 where there is none. */
    double voice(int index, double seconds) {
        Syllable now = syllables.get(index);
        if (!now.onset().isVoiced()) {
            return 0;
        }
        double into = seconds - starts[index];
        double gain = switch (now.onset()) {
            case S -> smooth((into - S_SECONDS) / ATTACK_S);
            case L -> isVoiced(index - 1) ? 1 - (1 - TONGUE_GAIN) * (1 - smooth(into / TONGUE_S)) : smooth(into / ATTACK_S);
            default -> isVoiced(index - 1) ? 1 : smooth(into / ATTACK_S);
        };
        double left = starts[index + 1] - seconds;
        if (!isVoiced(index + 1) || syllables.get(index + 1).onset() == Syllable.Onset.S) {
            gain *= smooth(left / RELEASE_S);
        } else if (syllables.get(index + 1).onset() == Syllable.Onset.L) {
            gain *= 1 - (1 - TONGUE_GAIN) * (1 - smooth(left / TONGUE_S));
        }
        return gain;
    }

    private boolean isVoiced(int index) {
        return index >= 0 && index < syllables.size() && syllables.get(index).onset().isVoiced();
    }

    /** Gain of the s. */
    double hiss(int index, double seconds) {
        double into = (seconds - starts[index]) / S_SECONDS;
        return syllables.get(index).onset() == Syllable.Onset.S && into < 1 ? Math.pow(Math.sin(Math.PI * into), 2) : 0;
    }

    /** Gain of the breath that is taken. */
    double breath(int index, double seconds) {
        Syllable now = syllables.get(index);
        double into = (seconds - starts[index]) / now.seconds();
        return now.onset() == Syllable.Onset.BREATH ? Math.pow(Math.sin(Math.PI * into), 2) * into : 0;
    }

    double formantHz(int index, double seconds, int formant) {
        double to = syllables.get(index).vowel().formantHz(formant);
        double from = index == 0 ? to : syllables.get(index - 1).vowel().formantHz(formant);
        return from + (to - from) * smooth((seconds - starts[index]) / MOUTH_GLIDE_S);
    }

    /** From 0 to 1 over the unit interval, by half a cosine. */
    private static double smooth(double x) {
        return 0.5 - 0.5 * Math.cos(Math.PI * Math.clamp(x, 0, 1));
    }
}
