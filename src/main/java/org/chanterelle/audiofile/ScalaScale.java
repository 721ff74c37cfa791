package org.chanterelle.audiofile;

import java.nio.file.Path;
import org.chanterelle.signal.Units;
import org.chanterelle.signal.UserError;

/**
 * A scale in the format of the program Scala ({@code .scl}). Not on the audio thread.
 *
 * @param cents distance of every degree from the first note, which is not listed; the last is the interval at which the scale repeats
 */
public record ScalaScale(double[] cents) {
    private static final int MAX_NOTES = 1024;
    private static final double MAX_CENTS = 100_000;

    /**
     * Reads a scale of 1 to 1024 notes.
     *
     * @throws UserError with the line in which something is wrong
     */
    public static ScalaScale read(Path file) {
        ScalaLines lines = ScalaLines.read(file);
        lines.text("a description");
        double[] cents = new double[lines.whole("the number of notes", 1, MAX_NOTES)];
        for (int i = 0; i < cents.length; i++) {
            cents[i] = pitch(lines, "pitch " + (i + 1) + " of " + cents.length);
        }
        return new ScalaScale(cents);
    }

    /** Distance of any degree from the first note, in cents; 0 is the first note, below it are negative ones. */
    double cents(int degree) {
        int octave = Math.floorDiv(degree, cents.length);
        int place = Math.floorMod(degree, cents.length);
        return octave * cents[cents.length - 1] + (place == 0 ? 0 : cents[place - 1]);
    }

    /** With a point it is in cents, without it is a ratio. */
    private static double pitch(ScalaLines lines, String what) {
        String word = lines.word(what);
        String expected = what + ": cents with a point (701.955) or a ratio (3/2)";
        try {
            double cents = word.indexOf('.') >= 0 ? Double.parseDouble(word) : ratioCents(word);
            if (Math.abs(cents) <= MAX_CENTS) {
                return cents;
            }
        } catch (NumberFormatException e) {
            throw lines.error(word, expected);
        }
        throw lines.error(word, expected);
    }

    /** NaN for what is no ratio of positive numbers. */
    private static double ratioCents(String word) {
        int slash = word.indexOf('/');
        long above = Long.parseLong(slash < 0 ? word : word.substring(0, slash));
        long below = slash < 0 ? 1 : Long.parseLong(word.substring(slash + 1));
        return above > 0 && below > 0 ? Units.cents(above, below) : Double.NaN;
    }
}
