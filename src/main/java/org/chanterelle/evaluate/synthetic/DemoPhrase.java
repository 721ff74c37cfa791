package org.chanterelle.evaluate.synthetic;

import static org.chanterelle.evaluate.synthetic.Syllable.note;
import static org.chanterelle.evaluate.synthetic.Syllable.pause;

import java.nio.file.Path;
import java.util.List;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.audiofile.AudioWriter.SampleFormat;
import org.chanterelle.evaluate.synthetic.Syllable.Onset;

/**
 * The demo's sung phrase, a tune of our own in D major. The committed file of {@code demo} is made by
 *
 * <pre>
 * mvn -q package
 * java -cp target/chanterelle.jar org.chanterelle.evaluate.synthetic.DemoPhrase src/main/resources/org/chanterelle/cli/phrase.flac
 * </pre>
 *
 * It is nobody's voice and nobody's recording; its licence is CC0-1.0.
 */
public final class DemoPhrase {
    private static final int SAMPLE_RATE_HZ = 48_000;
    private static final long SEED = 25;

    private DemoPhrase() {}

    /** The phrase: two halves with a breath before each, all five vowels, slides, a crescendo on the highest note. */
    public static List<Syllable> syllables() {
        return List.of(
                pause(Onset.BREATH, 69, 0.5),
                note(Onset.S, Vowel.A, 69, 0.55, -9),
                note(Onset.LEGATO, Vowel.E, 71, 0.28, -8),
                note(Onset.LEGATO, Vowel.I, 69, 0.28, -8),
                note(Onset.L, Vowel.O, 66, 0.55, -7),
                note(Onset.L, Vowel.U, 62, 0.85, -7).to(-14).vibrato(35),
                pause(Onset.REST, 62, 0.15),
                pause(Onset.BREATH, 62, 0.35),
                note(Onset.S, Vowel.A, 62, 0.45, -12),
                note(Onset.LEGATO, Vowel.O, 64, 0.3, -11),
                note(Onset.L, Vowel.E, 66, 0.3, -9),
                note(Onset.LEGATO, Vowel.A, 74, 1.5, -10).to(0).sliding(0.22).vibrato(55),
                note(Onset.LEGATO, Vowel.I, 73, 0.32, -2),
                note(Onset.L, Vowel.E, 71, 0.32, -4),
                note(Onset.L, Vowel.A, 69, 1.5, -4).to(-18).sliding(0.12).vibrato(45),
                pause(Onset.REST, 69, 0.4));
    }

    /** Sings it, with the seed of the committed file. */
    public static FormantSinger.Performance sing() {
        return new FormantSinger(SAMPLE_RATE_HZ, SEED).sing(syllables());
    }

    /** Writes the phrase as 16-bit audio to the file named by the only argument, over an existing one. */
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("DemoPhrase: expected one argument, the WAV or FLAC file to write.");
            System.exit(2);
        }
        AudioWriter.write(Path.of(arguments[0]), AudioClip.mono(sing().audio(), SAMPLE_RATE_HZ), SampleFormat.PCM_16, true);
    }
}
