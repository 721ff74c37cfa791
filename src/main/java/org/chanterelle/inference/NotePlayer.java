package org.chanterelle.inference;

import java.util.SplittableRandom;
import org.chanterelle.model.expression.Expression;
import org.chanterelle.model.expression.LoudnessQuantiles;
import org.chanterelle.model.expression.NoteContext;
import org.chanterelle.model.expression.NoteExpression;
import org.chanterelle.rt.ChannelValues;
import org.chanterelle.rt.ControlMessage;
import org.chanterelle.rt.InputMessage;
import org.chanterelle.rt.NoteHeads;
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

    /** What brightness adds at its ends. */
    private static final double BRIGHT_DB_PER_OCTAVE = 4;

    /**
     * How much brighter each dB makes a note beyond what the network does, which hardly tells soft notes apart, and sounds them noisier:
     * octave by octave below the middle, less above, and in noise below.
     */
    private static final double SOFT_TILT = 0.28;

    private static final double LOUD_TILT = 0.12;
    private static final double SOFT_NOISE = 0.4;
    private static final double LEAST_EFFORT_DB = -40;
    private static final double MOST_EFFORT_DB = 18;

    /** Standard deviation of how far players of one note are apart, and its bound. */
    private static final double ENSEMBLE_CENTS = 5;

    /** A released note falls by so much within the network, the rest of 20 dB is the fade's, half of its whole time. */
    private static final double RELEASE_DB = 6;

    private static final double FADE_SHARE = 2.2;
    private static final double SLUR_STEP = 0.15;
    private static final double MILLIS_PER_SECOND = 1000;
    private static final double CENTS_PER_SEMITONE = 100;
    private static final double SEMITONES_PER_OCTAVE = 12;

    private final int id;
    private final Rings.Controls controls;
    private final ParameterValues values;
    private final ChannelValues channels;
    private final NoteStarts starts;
    private final double controlRateHz;
    private final double sampleRateHz;
    private final double attackSeconds;
    private final PlayedNote[] notes = new PlayedNote[NotePatch.SLOTS];
    private final StepDecoder decoder;
    private final AudioFeatures[] features = new AudioFeatures[NotePatch.SLOTS];
    private final SynthControls[] made = new SynthControls[NotePatch.SLOTS];
    private final int[] due = new int[NotePatch.SLOTS];
    private final Expression expression;
    private final NoteLoudness loudness;
    private int lastKey = -1;
    private long lastReleased = Long.MIN_VALUE;
    private long lastPoint = Long.MIN_VALUE;

    /**
     * @param network what makes the controls
     * @param starts of the same weights
     * @param attackSeconds swell of each note, as in {@code starts}
     * @param expression how notes are shaped
     * @param loudness of the training set at each pitch
     */
    public NotePlayer(int id, LiveNetwork network, NoteStarts starts, Rings.Controls controls, ParameterValues values,
            ChannelValues channels, double sampleRateHz, double attackSeconds, Expression expression,
            LoudnessQuantiles loudness) {
        this.expression = expression;
        this.loudness = new NoteLoudness(loudness);
        this.id = id;
        this.controls = controls;
        this.values = values;
        this.channels = channels;
        this.starts = starts;
        this.sampleRateHz = sampleRateHz;
        this.attackSeconds = attackSeconds;
        controlRateHz = network.config().controlRateHz();
        decoder = network.decoder(notes.length);
        for (int i = 0; i < notes.length; i++) {
            notes[i] = new PlayedNote(controlRateHz, decoder.stateSize(), network.config().harmonics());
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
        PlayedNote note = notes[message.voice];
        switch (message.kind) {
            case NOTE_ON -> begin(message);
            case SLUR -> {
                if (note.serial == message.serial && note.sounds) {
                    slur(note, message);
                }
            }
            case NOTE_OFF -> {
                if (note.serial == message.serial && note.released < 0) {
                    note.released = message.frameTime;
                    lastReleased = message.frameTime;
                    rewind(note, message);
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
        PlayedNote note = notes[message.voice];
        boolean alone = isAlone();
        note.begin();
        note.serial = message.serial;
        note.channel = message.channel;
        note.start = message.frameTime + message.delayFrames;
        note.player = message.player;
        SplittableRandom random = new SplittableRandom(message.seed);
        double gap = alone && lastKey >= 0
                ? Math.max(1, message.frameTime - lastReleased) / sampleRateHz
                : Double.POSITIVE_INFINITY;
        NoteExpression drawn = draw(note, message, gap, random);
        note.targetDb = note.goalDb;
        double beside = note.player == 0 ? 0 : ENSEMBLE_CENTS * Math.clamp(random.nextGaussian(), -2, 2);
        note.shape.begin(drawn, note.key + beside / CENTS_PER_SEMITONE, random.nextGaussian(), message.seed);
        int from = message.glideKey >= 0 ? message.glideKey : lastKey;
        if (message.glideKey >= 0 || channels.portamento(note.channel) && lastKey >= 0) {
            note.shape.glide(from, note.shape.key, channels.portamentoSeconds(note.channel));
        }
        lastKey = note.key;
        float louderDb = starts.heads().pressureDb(channels, note.channel, note.key) + values.get(Parameters.LOUDNESS);
        float velocity = starts.heads().velocity(message.velocity, values.get(Parameters.VELOCITY), louderDb);
        due[0] = message.voice;
        starts.begin(decoder, due, note.key, velocity, features, made);
    }

    private void slur(PlayedNote note, InputMessage message) {
        rewind(note, message);
        note.channel = message.channel;
        NoteExpression drawn = draw(note, message, 0, new SplittableRandom(message.seed + message.frameTime));
        double portamento = channels.portamento(note.channel) ? channels.portamentoSeconds(note.channel) : 0;
        note.shape.slur(drawn, note.key, portamento);
        lastKey = note.key;
    }

    /** Draws how the note that begins is played, in its context. */
    private NoteExpression draw(PlayedNote note, InputMessage message, double gapSeconds, SplittableRandom random) {
        note.key = message.key;
        note.goalDb = loudness.targetDb(message.key, message.velocity, values.get(Parameters.VELOCITY));
        note.attackScale = values.get(Parameters.ATTACK) / Parameters.ATTACK.defaultValue()
                * Math.pow(2, (NoteHeads.MIDDLE_VELOCITY - message.velocity) / NoteHeads.MIDDLE_VELOCITY);
        double interval = Double.isInfinite(gapSeconds) ? Double.NaN : message.key - lastKey;
        double level = loudness.level(
                note.key, note.goalDb + starts.heads().pressureDb(channels, note.channel, note.key));
        return expression.draw(new NoteContext(note.key, interval, gapSeconds, level), random);
    }

    private boolean isAlone() {
        for (PlayedNote note : notes) {
            if (note.sounds && note.released < 0) {
                return false;
            }
        }
        return true;
    }

    /** What was made ahead of what happens now is made again. */
    private void rewind(PlayedNote note, InputMessage message) {
        if (note.sounds) {
            double frames = Math.ceil((message.frameTime - note.start) * controlRateHz / sampleRateHz);
            note.rewind(Math.max(0, (long) frames), decoder, message.voice);
        }
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
                notes[due[i]].remember(decoder, due[i]);
                aim(notes[due[i]], features[due[i]]);
            }
            decoder.step(count, due, features, made);
            for (int i = 0; i < count; i++) {
                int voice = due[i];
                finish(notes[voice], made[voice]);
                send(voice, notes[voice]);
                notes[voice].index++;
            }
            count = listDue(frameTime);
        }
    }

    private int listDue(long frameTime) {
        int count = 0;
        for (int voice = 0; voice < notes.length; voice++) {
            PlayedNote note = notes[voice];
            if (note.sounds && note.start + note.index * sampleRateHz / controlRateHz < frameTime) {
                due[count++] = voice;
            }
        }
        return count;
    }

    private void aim(PlayedNote note, AudioFeatures in) {
        NoteShape shape = note.shape;
        double wheelCents = channels.modulation(note.channel) * values.get(Parameters.VIBRATO_DEPTH);
        shape.step(
                values.get(Parameters.SHAPING), values.get(Parameters.VIBRATO), wheelCents,
                values.get(Parameters.VIBRATO_RATE) / Parameters.VIBRATO_RATE.defaultValue(), note.attackScale,
                NoteLoudness.ATTACK_DB, attackSeconds);
        // The audio thread turns a key into what it is tuned and bent to.
        double tuning = Tuning.ratio(values, channels, note.channel, note.key);
        in.f0Hz = (float) (hz(shape) * tuning);
        double seconds = note.index / controlRateHz;
        double releasedSeconds = note.released < 0
                ? 0
                : Math.max(0, seconds - (note.released - note.start) / sampleRateHz);
        // A slur's velocity is reached as fast as its pitch.
        note.targetDb += (note.goalDb - note.targetDb) * SLUR_STEP;
        double asked = note.targetDb + starts.heads().pressureDb(channels, note.channel, note.key)
                + values.get(Parameters.LOUDNESS);
        note.effortDb = Math.clamp(asked - loudness.usualDb(note.key), LEAST_EFFORT_DB, MOST_EFFORT_DB);
        double body = asked + shape.levelDb;
        double told = loudness.toldDb(note.key, body);
        note.gainDb = NoteLoudness.gainDb(body, told);
        in.loudnessDb = (float) (told - shape.attackDb - fallDbPerSecond(note) * releasedSeconds);
    }

    private double fallDbPerSecond(PlayedNote note) {
        double share = values.get(Parameters.SHAPING);
        return (1 - share) * NoteLoudness.RELEASE_DB_PER_SECOND + share * RELEASE_DB / releaseSeconds(note);
    }

    /** As drawn, longer or shorter as the parameter says. */
    private double releaseSeconds(PlayedNote note) {
        return note.shape.releaseSeconds * values.get(Parameters.RELEASE) / Parameters.RELEASE.defaultValue();
    }

    private static double hz(NoteShape shape) {
        return Units.midiToHz(shape.key) * Math.pow(2, shape.cents / (CENTS_PER_SEMITONE * SEMITONES_PER_OCTAVE));
    }

    private void finish(PlayedNote note, SynthControls controls) {
        controls.f0Hz = (float) hz(note.shape);
        double brightness = 2 * channels.brightness(note.channel) - 1;
        double effort = note.effortDb;
        note.colour(
                controls, BRIGHT_DB_PER_OCTAVE * brightness + effort * (effort < 0 ? SOFT_TILT : LOUD_TILT),
                SOFT_NOISE * Math.min(0, effort));
        PlayedNote.scale(controls, note.gainDb);
    }

    private void send(int voice, PlayedNote note) {
        ControlMessage message = controls.claim(voice, note.serial, note.index);
        if (message != null) {
            message.controls.set(made[voice]);
            double share = values.get(Parameters.SHAPING);
            message.releaseSeconds = (float) ((1 - share) * values.get(Parameters.RELEASE) / MILLIS_PER_SECOND
                    + share * Math.min(FADE_SHARE * releaseSeconds(note), Parameters.RELEASE.max() / MILLIS_PER_SECOND));
            controls.publish();
        }
    }
}
