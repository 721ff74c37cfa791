package org.chanterelle.inference;

import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.rt.ChannelValues;
import org.chanterelle.rt.ControlMessage;
import org.chanterelle.rt.InputMessage;
import org.chanterelle.rt.NotePatch;
import org.chanterelle.rt.ParameterValues;
import org.chanterelle.rt.Rings;
import org.chanterelle.rt.Tuning;
import org.chanterelle.signal.AudioFeatures;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.SynthControls;
import org.chanterelle.signal.Units;

/** Plays the notes of a keyboard on a timbre model: for each sounding voice its controls, a little ahead of time. */
public final class NotePlayer implements PatchPlayer {
    /** How far ahead controls are made, beyond two blocks: room for a late thread. Wheels are heard that much later. */
    private static final double LEAD_SECONDS = 0.012;

    private static final int GRID_FRAMES = 32;

    private static final double CENTS_PER_OCTAVE = 1200;

    private final int id;
    private final Rings.Controls controls;
    private final ParameterValues values;
    private final ChannelValues channels;
    private final NoteStarts starts;
    private final Normalisation normalisation;
    private final double controlRateHz;
    private final double sampleRateHz;
    private final double attackSeconds;
    private final Note[] notes = new Note[NotePatch.SLOTS];
    private final StepDecoder decoder;
    private final AudioFeatures[] features = new AudioFeatures[NotePatch.SLOTS];
    private final SynthControls[] made = new SynthControls[NotePatch.SLOTS];
    private final int[] due = new int[NotePatch.SLOTS];
    private long lastPoint = Long.MIN_VALUE;

    /** A voice as the worker sees it. */
    private static final class Note {
        boolean sounds;
        int serial;
        int channel;
        int key;
        int velocity;
        long start;
        long released;
        long index;
        double vibratoCycles;
        double keyHz;
    }

    /**
     * @param network what makes the controls
     * @param starts of the same weights
     * @param attackSeconds swell of each note, as in {@code starts}
     */
    public NotePlayer(int id, LiveNetwork network, NoteStarts starts, Rings.Controls controls, ParameterValues values,
            ChannelValues channels, double sampleRateHz, double attackSeconds) {
        this.id = id;
        this.controls = controls;
        this.values = values;
        this.channels = channels;
        this.starts = starts;
        this.sampleRateHz = sampleRateHz;
        this.attackSeconds = attackSeconds;
        normalisation = network.normalisation();
        controlRateHz = network.config().controlRateHz();
        decoder = network.decoder(notes.length);
        for (int i = 0; i < notes.length; i++) {
            notes[i] = new Note();
            features[i] = new AudioFeatures();
            made[i] = decoder.newControls();
        }
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public void accept(InputMessage message) {
        Note note = notes[message.voice];
        switch (message.kind) {
            case NOTE_ON -> begin(message);
            case NOTE_OFF -> {
                if (note.serial == message.serial && note.released < 0) {
                    note.released = message.frameTime;
                }
            }
            case NOTE_END -> {
                if (note.serial == message.serial) {
                    note.sounds = false;
                }
            }
            case TICK, AUDIO -> tick(message.frameTime, message.frames);
        }
    }

    private void begin(InputMessage message) {
        Note note = notes[message.voice];
        note.sounds = true;
        note.serial = message.serial;
        note.channel = message.channel;
        note.key = message.key;
        note.velocity = message.velocity;
        note.start = message.frameTime;
        note.released = -1;
        note.index = 0;
        note.vibratoCycles = 0;
        float louderDb = channels.expressionDb(note.channel) + values.get(Parameters.LOUDNESS);
        float velocity = starts.heads().velocity(note.velocity, values.get(Parameters.VELOCITY), louderDb);
        due[0] = message.voice;
        starts.begin(decoder, due, note.key, velocity, features, made);
    }

    /**
     * Plays ahead at the points of a grid, at the first time that comes behind each: then what has happened until there is heard in the
     * same control frames however long the blocks are.
     */
    private void tick(long frameTime, int frames) {
        long point = Math.floorDiv(frameTime, GRID_FRAMES);
        if (point != lastPoint) {
            lastPoint = point;
            long ahead = GRID_FRAMES + 3L * Math.max(frames, GRID_FRAMES) + (long) (LEAD_SECONDS * sampleRateHz);
            playTo(point * GRID_FRAMES + ahead);
        }
    }

    /** Each round takes the next control frame of all voices that are behind, as one batch. */
    private void playTo(long frameTime) {
        int count = listDue(frameTime);
        while (count > 0) {
            for (int i = 0; i < count; i++) {
                aim(notes[due[i]], features[due[i]]);
            }
            decoder.step(count, due, features, made);
            for (int i = 0; i < count; i++) {
                int voice = due[i];
                made[voice].f0Hz = (float) notes[voice].keyHz;
                send(voice, notes[voice]);
                notes[voice].index++;
            }
            count = listDue(frameTime);
        }
    }

    private int listDue(long frameTime) {
        int count = 0;
        for (int voice = 0; voice < notes.length; voice++) {
            Note note = notes[voice];
            if (note.sounds && note.start + note.index * sampleRateHz / controlRateHz < frameTime) {
                due[count++] = voice;
            }
        }
        return count;
    }

    private void aim(Note note, AudioFeatures in) {
        double seconds = note.index / controlRateHz;
        note.keyHz = vibratoHz(note);
        double tuning = Tuning.ratio(values, channels, note.channel, note.key);
        double releasedSeconds = note.released < 0
                ? 0
                : Math.max(0, seconds - (note.released - note.start) / sampleRateHz);
        in.f0Hz = (float) (note.keyHz * tuning);
        in.loudnessDb = channels.expressionDb(note.channel) + values.get(Parameters.LOUDNESS) + NoteLoudness.db(
                normalisation, note.velocity, values.get(Parameters.VELOCITY), seconds, attackSeconds, releasedSeconds);
    }

    private double vibratoHz(Note note) {
        double depth = channels.modulation(note.channel) * values.get(Parameters.VIBRATO_DEPTH) / CENTS_PER_OCTAVE;
        double octaves = depth * Math.sin(2 * Math.PI * note.vibratoCycles);
        note.vibratoCycles += values.get(Parameters.VIBRATO_RATE) / controlRateHz;
        return Units.midiToHz(note.key) * Math.pow(2, octaves);
    }

    private void send(int voice, Note note) {
        ControlMessage message = controls.claim(voice, note.serial, note.index);
        if (message != null) {
            message.controls.set(made[voice]);
            controls.publish();
        }
    }

}
