package org.chanterelle.train.soundfont;

import java.util.List;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.signal.TimedMidi;

/** What makes sound of MIDI messages, always the same of the same. */
@FunctionalInterface
public interface Synthesiser {
    /** The sound of a score at {@link NoteScore#RATE_HZ}, from time 0 to at least the last message; a message at a multiple of 4.096 s plus 2 ms sounds 192 audio frames after that multiple. */
    AudioClip play(List<TimedMidi> score);
}
