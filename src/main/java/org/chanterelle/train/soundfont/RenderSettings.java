package org.chanterelle.train.soundfont;

import java.util.List;

/**
 * What to render.
 *
 * @param soundFont the font's file name
 * @param soundFontBytes its size, which tells versions apart
 * @param programs names of instruments
 * @param lowest lowest pitch, MIDI number; an instrument's own range may end before
 * @param highest highest
 * @param velocities MIDI velocities, 1 to 127
 * @param seed of the split
 * @param gain fluidsynth's, the same for all notes
 */
public record RenderSettings(
        String soundFont,
        long soundFontBytes,
        List<String> programs,
        int lowest,
        int highest,
        List<Integer> velocities,
        long seed,
        double gain) {}
