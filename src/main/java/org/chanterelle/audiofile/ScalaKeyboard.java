package org.chanterelle.audiofile;

import java.nio.file.Path;
import java.util.Arrays;
import org.chanterelle.signal.KeyScale;
import org.chanterelle.signal.Units;
import org.chanterelle.signal.UserError;

/**
 * Which key plays which degree of a scale: a keyboard mapping of the program Scala ({@code .kbm}). Not on the audio thread.
 *
 * @param firstKey first key that it tunes, 0 to 127; those below are in equal temperament
 * @param lastKey last key that it tunes
 * @param middleKey key of the first entry
 * @param referenceKey key whose frequency is given
 * @param referenceHz that frequency
 * @param repeatDegree degree by which the mapping repeats; 0 for the scale's last
 * @param degrees degree of each key from the middle one on, {@link #UNMAPPED} for one that does not sound; none: every key is one degree
 */
public record ScalaKeyboard(int firstKey, int lastKey, int middleKey, int referenceKey, double referenceHz, int repeatDegree,
        int[] degrees) {
    /** A key that does not sound. */
    public static final int UNMAPPED = Integer.MIN_VALUE;

    /** The first note on middle C, at its frequency in equal temperament, and every key one degree. */
    public static final ScalaKeyboard MIDDLE_C = new ScalaKeyboard(0, 127, 60, 60, Units.midiToHz(60), 0, new int[0]);

    private static final int LAST_KEY = KeyScale.KEYS - 1;
    private static final int MAX_ENTRIES = 1024;
    private static final int MAX_DEGREE = 100_000;
    private static final double LOWEST_HZ = 1;
    private static final double HIGHEST_HZ = 24_000;

    /**
     * Reads a mapping.
     *
     * @throws UserError with the line in which something is wrong
     */
    public static ScalaKeyboard read(Path file) {
        ScalaLines lines = ScalaLines.read(file);
        int size = lines.whole("the size of the mapping", 0, MAX_ENTRIES);
        int first = lines.whole("the first key to tune", 0, LAST_KEY);
        int last = lines.whole("the last key to tune", first, LAST_KEY);
        int middle = lines.whole("the key of the first entry", 0, LAST_KEY);
        int reference = lines.whole("the key of the reference frequency", 0, LAST_KEY);
        double hz = frequency(lines);
        int repeat = lines.whole("the degree by which the mapping repeats", 0, MAX_DEGREE);
        int[] degrees = new int[size];
        // What is left out at the end is not mapped.
        Arrays.fill(degrees, UNMAPPED);
        for (int i = 0; i < size && lines.hasNext(); i++) {
            degrees[i] = degree(lines, "entry " + (i + 1) + " of " + size);
        }
        ScalaKeyboard keyboard = new ScalaKeyboard(first, last, middle, reference, hz, repeat, degrees);
        if (keyboard.degree(reference) == UNMAPPED) {
            throw new UserError(file + ": reference key " + reference + " is not mapped. Give the frequency of one that is");
        }
        return keyboard;
    }

    private static double frequency(ScalaLines lines) {
        String expected = "the reference frequency from " + LOWEST_HZ + " to " + HIGHEST_HZ + " Hz";
        String word = lines.word(expected);
        try {
            double hz = Double.parseDouble(word);
            if (hz >= LOWEST_HZ && hz <= HIGHEST_HZ) {
                return hz;
            }
        } catch (NumberFormatException e) {
            throw lines.error(word, expected);
        }
        throw lines.error(word, expected);
    }

    private static int degree(ScalaLines lines, String what) {
        String expected = what + ": a degree of the scale, or x for none";
        String word = lines.word(expected);
        if (word.equalsIgnoreCase("x")) {
            return UNMAPPED;
        }
        try {
            int degree = Integer.parseInt(word);
            if (degree >= 0 && degree <= MAX_DEGREE) {
                return degree;
            }
        } catch (NumberFormatException e) {
            throw lines.error(word, expected);
        }
        throw lines.error(word, expected);
    }

    /** The keys under a scale; what comes to lie outside of 1 to 24,000 Hz does not sound. */
    public KeyScale tune(ScalaScale scale) {
        double[] hz = new double[KeyScale.KEYS];
        double reference = cents(scale, referenceKey);
        for (int key = 0; key < hz.length; key++) {
            if (key < firstKey || key > lastKey) {
                hz[key] = Units.midiToHz(key);
            } else {
                double found = referenceHz * Math.pow(2, (cents(scale, key) - reference) / 1200);
                hz[key] = found >= LOWEST_HZ && found <= HIGHEST_HZ ? found : Double.NaN;
            }
        }
        return new KeyScale(hz);
    }

    private double cents(ScalaScale scale, int key) {
        int degree = degree(key);
        if (degree == UNMAPPED) {
            return Double.NaN;
        }
        int round = degrees.length == 0 ? 0 : Math.floorDiv(key - middleKey, degrees.length);
        int repeat = repeatDegree == 0 ? scale.cents().length : repeatDegree;
        return round * scale.cents(repeat) + scale.cents(degree);
    }

    private int degree(int key) {
        int distance = key - middleKey;
        return degrees.length == 0 ? distance : degrees[Math.floorMod(distance, degrees.length)];
    }
}
