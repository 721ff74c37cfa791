package org.chanterelle.train.scores;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.chanterelle.audiofile.MidiScore;
import org.chanterelle.model.mel2mel.PianoRoll;
import org.chanterelle.signal.ScoreNote;
import org.chanterelle.signal.TimedMidi;
import org.chanterelle.train.notes.NoteSet;
import org.chanterelle.train.soundfont.MidiInstrument;

/**
 * A MIDI file to be rendered.
 *
 * @param file where it lies
 * @param name its name without ending, unique
 * @param set what it is for
 */
record ScorePiece(Path file, String name, NoteSet set) {
    /** What still sounds when the last note is let go. */
    private static final double TAIL_S = 1;

    private static final int NOTE_ON = 0x90;
    private static final int NOTE_OFF = 0x80;
    private static final int PROGRAM = 0xc0;
    private static final int CONTROL = 0xb0;
    private static final int ALL_SOUND_OFF = 120;

    /** The stretches to render on one instrument; none of a piece without notes. Each begins where a note does. */
    List<ScoreEntry> entries(List<ScoreNote> notes, MidiInstrument instrument, ScoreSettings settings) {
        List<ScoreNote> playable = notes.stream().filter(note -> PianoRoll.isKey(note.pitch())).toList();
        List<ScoreEntry> entries = new ArrayList<>();
        if (playable.isEmpty()) {
            return entries;
        }
        double end = playable.stream().mapToDouble(ScoreNote::endSeconds).max().orElseThrow() + TAIL_S;
        long seed = settings.seed() * 1_000_003L + name.hashCode();
        SplittableRandom random = new SplittableRandom(seed * 31 + instrument.program());
        for (int crop = 0; crop < settings.crops(); crop++) {
            double latest = Math.max(0, end - settings.seconds());
            double from = (crop + random.nextDouble()) / settings.crops() * latest;
            double start = playable.stream().mapToDouble(ScoreNote::startSeconds).filter(s -> s >= from).findFirst()
                    .orElse(playable.getFirst().startSeconds());
            start = Math.floor(start * 1000) / 1000;
            entries.add(new ScoreEntry(settings.crops() == 1 ? name : name + "-" + (crop + 1), name, instrument.name(),
                    instrument.program(), set, start, Math.min(settings.seconds(), end - start), settings.part()));
            if (end <= settings.seconds()) {
                break;
            }
        }
        return entries;
    }

    /** The notes that begin within an entry, as one player plays them, the entry's beginning at 0. */
    static List<ScoreNote> crop(List<ScoreNote> notes, ScoreEntry entry) {
        double from = entry.startSeconds();
        List<ScoreNote> inside = notes.stream()
                .filter(note -> note.startSeconds() >= from && note.startSeconds() < from + entry.seconds()
                        && PianoRoll.isKey(note.pitch()))
                .map(note -> new ScoreNote(note.startSeconds() - from, note.endSeconds() - from, note.pitch(),
                        note.velocity(), note.program()))
                .toList();
        return MidiScore.solo(entry.part().of(inside), entry.program());
    }

    /** The messages that play an entry's notes, without pedal: it is in their ends. */
    static List<TimedMidi> messages(List<ScoreNote> notes, ScoreEntry entry) {
        List<TimedMidi> messages = new ArrayList<>();
        messages.add(new TimedMidi(0, PROGRAM, entry.program(), 0));
        for (ScoreNote note : notes) {
            messages.add(new TimedMidi(note.startSeconds(), NOTE_ON, note.pitch(), note.velocity()));
            messages.add(new TimedMidi(Math.min(note.endSeconds(), entry.seconds()), NOTE_OFF, note.pitch(), 0));
        }
        messages.add(new TimedMidi(entry.seconds() + TAIL_S, CONTROL, ALL_SOUND_OFF, 0));
        // Where a key is struck again, the note before it has to end first.
        messages.sort(java.util.Comparator.comparingDouble(TimedMidi::seconds)
                .thenComparingInt(message -> (message.status() & 0xf0) == NOTE_ON ? 1 : 0));
        return messages;
    }
}
