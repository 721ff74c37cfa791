package org.chanterelle.train.scores;

import java.util.List;

/**
 * What to render.
 *
 * @param soundFont the font's file name
 * @param soundFontBytes its size, which tells versions apart
 * @param instruments names, see {@link org.chanterelle.train.soundfont.MidiInstrument}
 * @param seconds longest stretch of a piece
 * @param crops stretches of each piece and instrument
 * @param seed of the stretches and of the split
 * @param gain fluidsynth's, the same for all
 * @param part what of each piece is played
 * @param audio whether the sound is kept beside the spectrograms
 */
public record ScoreSettings(
        String soundFont,
        long soundFontBytes,
        List<String> instruments,
        double seconds,
        int crops,
        long seed,
        double gain,
        PiecePart part,
        boolean audio) {

    /** The paper's ten instruments. */
    public static final List<String> PUBLISHED = List.of("grand-piano", "electric-piano", "vibraphone", "church-organ",
            "nylon-guitar", "pizzicato-strings", "harp", "string-ensemble", "trumpet", "saw-lead");
}
