package org.chanterelle.inference.sing;

import org.chanterelle.inference.PatchPlayer;
import org.chanterelle.rt.ChannelValues;
import org.chanterelle.rt.ControlMessage;
import org.chanterelle.rt.InputMessage;
import org.chanterelle.rt.NotePatch;
import org.chanterelle.rt.ParameterValues;
import org.chanterelle.rt.PlayedFrames;
import org.chanterelle.rt.Rings;
import org.chanterelle.rt.Tuning;
import org.chanterelle.signal.Parameters;

/** Makes the sound of a patch's notes while they sound: all that are due as one batch, each a little ahead of what its voice plays. */
public final class SingPlayer implements PatchPlayer {
    /** How far ahead of its voice a note is made: room for a late thread. Morphing is heard that much later. */
    private static final double LEAD_SECONDS = 0.06;

    /** Most control frames of a note at once: what a note-on that comes meanwhile must wait for. */
    private static final int MAX_FRAMES = 7;

    private static final double MOST_RATIO = 8;
    private static final double SEMITONES = 12;

    private final int id;
    private final SingSound sound;
    private final Rings.Controls controls;
    private final PlayedFrames played;
    private final ParameterValues values;
    private final ChannelValues channels;
    private final SingWeights weights;
    private final int stride;
    private final NoteLoop loop;
    private final SingBatch batch;
    private final StreamedNote[] notes = new StreamedNote[NotePatch.SLOTS];
    private final int[] due = new int[NotePatch.SLOTS];
    private final int[] frames = new int[NotePatch.SLOTS];

    /** @param played where the voices tell how far they have got */
    public SingPlayer(int id, SingWeights weights, SingSound sound, Rings.Controls controls, PlayedFrames played,
            ParameterValues values, ChannelValues channels) {
        this.id = id;
        this.weights = weights;
        this.sound = sound;
        this.controls = controls;
        this.played = played;
        this.values = values;
        this.channels = channels;
        stride = weights.config.stride();
        loop = new NoteLoop(weights.config);
        batch = new SingBatch(weights, notes.length, MAX_FRAMES);
        for (int i = 0; i < notes.length; i++) {
            notes[i] = new StreamedNote(loop.length());
        }
        warmUp();
    }

    /** The first loop takes a third of a second until its code is compiled, while every voice would wait. */
    private void warmUp() {
        for (StreamedNote note : notes) {
            loop.close(note.audio);
        }
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public void accept(InputMessage message) {
        StreamedNote note = notes[message.voice];
        switch (message.kind) {
            case NOTE_ON -> {
                note.begin();
                note.serial = message.serial;
                note.channel = message.channel;
                note.key = message.key;
                note.pitch = message.pitch;
                batch.begin(message.voice, sound.instrument(), message.pitch, message.velocity, note.audio);
            }
            case NOTE_END -> {
                if (note.serial == message.serial) {
                    note.sounds = false;
                }
            }
            // A note's end is its voice's: it goes on until that is silent.
            case NOTE_OFF, SLUR, TICK, AUDIO -> {
            }
        }
    }

    @Override
    public boolean advance() {
        int count = 0;
        boolean sent = false;
        for (int voice = 0; voice < notes.length; voice++) {
            if (notes[voice].sounds) {
                sent |= send(voice);
                int needed = framesNeeded(voice);
                if (needed > 0) {
                    due[count] = voice;
                    frames[count++] = Math.min(needed, MAX_FRAMES);
                }
            }
        }
        for (int i = 0; i < count; i++) {
            batch.setInstrument(due[i], sound.instrument(), sound.morphTo(), values.get(Parameters.MORPH));
        }
        batch.run(count, due, frames);
        return sent || count > 0;
    }

    /** Control frames that a note lacks; to begin with only as many as its first block needs. */
    private int framesNeeded(int voice) {
        StreamedNote note = notes[voice];
        if (note.isWhole() || note.sent >= wanted(voice)) {
            return 0;
        }
        long samples = note.sent == 0 ? 1 : Math.min(wanted(voice), loop.length());
        if (samples > loop.untouched() - stride) {
            samples = loop.length();
        }
        return weights.framesFor((int) samples) - batch.framesOf(voice);
    }

    /** Frames that the voice should have. */
    private long wanted(int voice) {
        StreamedNote note = notes[voice];
        double ratio = Tuning.ratio(values, channels, note.channel, note.key) * Math.pow(2, (note.key - note.pitch) / SEMITONES);
        double lead = LEAD_SECONDS * weights.config.sampleRateHz() * Math.clamp(ratio, 1, MOST_RATIO);
        return played.get(voice, note.serial) + (long) Math.max(lead, 2 * stride);
    }

    /** Sends what is made and wanted. */
    private boolean send(int voice) {
        StreamedNote note = notes[voice];
        boolean any = false;
        while (note.sent < wanted(voice) && isMade(voice)) {
            ControlMessage message = controls.claim(voice, note.serial, note.sent / stride);
            if (message == null) {
                return any;
            }
            note.read(message.audio, stride);
            controls.publish();
            any = true;
        }
        return any;
    }

    /** Whether the next block is: the last frames before the loop are made only when all is. */
    private boolean isMade(int voice) {
        StreamedNote note = notes[voice];
        if (!note.isWhole() && batch.samplesOf(voice) >= loop.length()) {
            note.close(loop);
        }
        return note.isWhole() || note.sent + stride <= Math.min(batch.samplesOf(voice), loop.untouched());
    }
}
