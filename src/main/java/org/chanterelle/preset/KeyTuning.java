package org.chanterelle.preset;

import java.nio.file.Path;
import org.chanterelle.audiofile.ScalaKeyboard;
import org.chanterelle.audiofile.ScalaScale;
import org.chanterelle.signal.KeyScale;

/**
 * How a preset tunes the keys.
 *
 * @param scala file of the scale
 * @param keyboardMap file of the keyboard mapping; null for the scale's first note on middle C and every key a degree
 * @param keys what they say
 */
public record KeyTuning(Path scala, Path keyboardMap, KeyScale keys) {
    /** Reads the files; throws UserError. */
    public static KeyTuning read(Path scala, Path keyboardMap) {
        ScalaScale scale = ScalaScale.read(scala);
        ScalaKeyboard keyboard = keyboardMap == null ? ScalaKeyboard.MIDDLE_C : ScalaKeyboard.read(keyboardMap);
        return new KeyTuning(scala, keyboardMap, keyboard.tune(scale));
    }
}
