package org.chanterelle.train.soundfont;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.rt.dsp.HighPass;
import org.chanterelle.rt.dsp.Resampler;
import org.chanterelle.signal.TimedMidi;
import org.chanterelle.train.notes.NoteFolder;

/**
 * One instrument's notes one after another at one velocity, and how they are cut out of its sound.
 *
 * <p>It is played at 48 kHz and resampled: a sound font's samples have 44.1 kHz, and fluidsynth, playing at 16 kHz, folds all that
 * they have above 8 kHz down into the band. Fluidsynth reads messages once in 64 audio frames; notes lie in slots of a whole number
 * of those, and messages between two readings, so that every note begins at the same place of its slot.
 */
final class NoteScore {
    /** Rate at which a score is played. */
    static final int RATE_HZ = 48_000;

    /** Seconds from one note's beginning to the next. */
    static final double SLOT_S = 4.096;

    /** Seconds from a note's beginning to its release. */
    static final double HOLD_S = 3;

    /** Most notes of one score: 105 seconds, 40 MB of sound. */
    static final int MAX_NOTES = 24;

    private static final int SLOT_FRAMES = (int) Math.round(SLOT_S * RATE_HZ);
    private static final int FIRST_FRAME = 192;
    private static final int RATIO = RATE_HZ / NoteFolder.RATE_HZ;
    private static final int MARGIN_FRAMES = 480;
    private static final double MESSAGE_S = 0.002;
    private static final double SILENCED_S = 4.05;
    private static final double END_S = 4.09;

    /** Fonts have offsets in their samples, FluidR3 up to 0.027 of full scale; the lowest piano key has 27.5 Hz. */
    private static final double LOWEST_HZ = 10;

    private static final int NOTE_ON = 0x90;
    private static final int NOTE_OFF = 0x80;
    private static final int PROGRAM = 0xc0;
    private static final int CONTROL = 0xb0;
    private static final int ALL_SOUND_OFF = 120;

    private NoteScore() {}

    /** The score; each note is let go after three seconds and silenced after four, before the next. */
    static List<TimedMidi> of(int program, List<Integer> pitches, int velocity) {
        List<TimedMidi> score = new ArrayList<>();
        score.add(new TimedMidi(0, PROGRAM, program, 0));
        for (int i = 0; i < pitches.size(); i++) {
            double at = i * SLOT_S + MESSAGE_S;
            score.add(new TimedMidi(at, NOTE_ON, pitches.get(i), velocity));
            score.add(new TimedMidi(at + HOLD_S, NOTE_OFF, pitches.get(i), 0));
            score.add(new TimedMidi(at + SILENCED_S, CONTROL, ALL_SOUND_OFF, 0));
        }
        score.add(new TimedMidi((pitches.size() - 1) * SLOT_S + END_S, CONTROL, ALL_SOUND_OFF, 0));
        return score;
    }

    /** Note {@code i} of a score's sound: one channel, {@link NoteFolder#FRAMES} audio frames at {@link NoteFolder#RATE_HZ}. */
    static float[] cut(AudioClip sound, int i) {
        int from = i * SLOT_FRAMES + FIRST_FRAME;
        int to = from + NoteFolder.FRAMES * RATIO + MARGIN_FRAMES;
        float[][] channels = new float[sound.channels().length][];
        for (int c = 0; c < channels.length; c++) {
            channels[c] = Arrays.copyOfRange(sound.channels()[c], from, to);
        }
        float[] mono = new AudioClip(channels, RATE_HZ).mono();
        float[] note = Arrays.copyOf(Resampler.resample(mono, RATE_HZ, NoteFolder.RATE_HZ), NoteFolder.FRAMES);
        new HighPass(LOWEST_HZ, NoteFolder.RATE_HZ).process(note, 0, note.length);
        return note;
    }
}
