package org.chanterelle.train.soundfont;

import java.nio.file.Path;
import java.util.Locale;
import org.chanterelle.train.notes.NoteSet;

/**
 * A note to render.
 *
 * @param instrument who plays it
 * @param pitch MIDI number
 * @param velocity MIDI velocity
 * @param set what it is for
 */
record PlannedNote(MidiInstrument instrument, int pitch, int velocity, NoteSet set) {
    String name() {
        return String.format(Locale.ROOT, "%s-%03d-%03d", instrument.name(), pitch, velocity);
    }

    Path file(Path folder) {
        return folder.resolve(set.folder()).resolve("audio").resolve(name() + ".wav");
    }
}
