package org.chanterelle.inference;

import java.util.Arrays;
import java.util.function.Supplier;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.expression.LoudnessQuantiles;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.rt.BowPressure;
import org.chanterelle.rt.NoteHeads;
import org.chanterelle.signal.AudioFeatures;
import org.chanterelle.signal.SynthControls;
import org.chanterelle.signal.Units;

/** Where the notes of a model begin: the recurrent state of each key, settled on silence, and the first controls from there. */
public final class NoteStarts {
    /** What is held ready of each note. */
    public static final double HEAD_SECONDS = 0.05;

    private static final double SETTLE_SECONDS = 0.4;
    /** The network hears of a note this long before it sounds. */
    private static final double LEAD_SECONDS = 0.025;

    private static final int FRAMES_OF_ONSET = 2;
    private static final int KEYS_BEYOND = 12;
    private static final int PRESSURES = 21;
    private static final int LAST_KEY = 127;

    /** Below 1 are notes under a pedal or breath that is hardly pressed. */
    private static final float[] VELOCITIES = {-150, -40, 1, 35, 64, 90, 127};

    private final int lowKey;
    private final float[][] states;
    private final NoteHeads heads;
    private final double silentDb;
    private final NoteLoudness loudness;
    private final double controlRateHz;
    private final double attackSeconds;

    /** Where the numbers come from: computed, or kept from another time. */
    @FunctionalInterface
    public interface Source {
        /** The numbers, {@code count} of them; {@code compute} makes them in about a second. */
        float[] values(int count, Supplier<float[]> compute);
    }

    /**
     * Computes them all: some 10,000 steps, which also warm the decoder up.
     *
     * @param attackSeconds swell of each note
     * @param loudness of the training set at each pitch
     */
    public NoteStarts(DecoderWeights weights, ModelCard.PitchRange range, double attackSeconds, LoudnessQuantiles loudness) {
        this(weights, range, attackSeconds, loudness, (count, compute) -> compute.get());
    }

    /** Takes them from elsewhere, computed when they are not there. */
    public NoteStarts(
            DecoderWeights weights, ModelCard.PitchRange range, double attackSeconds, LoudnessQuantiles loudness, Source source) {
        TimbreConfig config = weights.config();
        silentDb = weights.normalisation.loudnessLowDb();
        this.loudness = new NoteLoudness(loudness);
        controlRateHz = config.controlRateHz();
        this.attackSeconds = attackSeconds;
        lowKey = Math.max(0, (int) Math.floor(Units.hzToMidi(range.lowHz())) - KEYS_BEYOND);
        int highKey = Math.min(LAST_KEY, (int) Math.ceil(Units.hzToMidi(range.highHz())) + KEYS_BEYOND);
        VectorTimbreDecoder decoder = new VectorTimbreDecoder(weights);
        states = new float[highKey - lowKey + 1][decoder.stateSize()];
        int frames = (int) Math.ceil(HEAD_SECONDS * controlRateHz);
        heads = new NoteHeads(
                lowKey, states.length, VELOCITIES, (float) NoteLoudness.DB_PER_VELOCITY,
                pressure(lowKey, states.length, loudness), frames, config.harmonics(), config.noiseBands());
        fill(source.values(states.length * decoder.stateSize() + heads.size(), () -> {
            compute(decoder);
            return values();
        }));
    }

    private void compute(VectorTimbreDecoder decoder) {
        SynthControls[] head = new SynthControls[heads.frames()];
        Arrays.setAll(head, frame -> decoder.newControls());
        SynthControls controls = decoder.newControls();
        AudioFeatures features = new AudioFeatures();
        for (int row = 0; row < states.length; row++) {
            features.f0Hz = (float) Units.midiToHz(lowKey + row);
            settle(decoder, features, controls);
            decoder.saveState(states[row]);
            putHeads(decoder, row, features, head, controls);
        }
    }

    /** States, then heads. */
    private float[] values() {
        int stateSize = states[0].length;
        float[] controls = heads.values();
        float[] values = new float[states.length * stateSize + controls.length];
        for (int row = 0; row < states.length; row++) {
            System.arraycopy(states[row], 0, values, row * stateSize, stateSize);
        }
        System.arraycopy(controls, 0, values, states.length * stateSize, controls.length);
        return values;
    }

    private void fill(float[] values) {
        int stateSize = states[0].length;
        for (int row = 0; row < states.length; row++) {
            System.arraycopy(values, row * stateSize, states[row], 0, stateSize);
        }
        heads.putAll(values, states.length * stateSize);
    }

    /** Touches that the network is told alike differ by plain gain: they take one run. */
    private void putHeads(
            VectorTimbreDecoder decoder, int row, AudioFeatures features, SynthControls[] head, SynthControls scaled) {
        int key = lowKey + row;
        double headToldDb = Double.NaN;
        for (int velocity = 0; velocity < VELOCITIES.length; velocity++) {
            double askedDb = loudness.targetDb(key, VELOCITIES[velocity], 1);
            double toldDb = loudness.toldDb(key, askedDb);
            if (toldDb != headToldDb) {
                decoder.loadState(states[row]);
                begin(decoder, toldDb, features, head);
                headToldDb = toldDb;
            }
            for (int frame = 0; frame < head.length; frame++) {
                scaled.set(head[frame]);
                PlayedNote.scale(scaled, NoteLoudness.gainDb(askedDb, toldDb));
                heads.put(key, velocity, frame, scaled, features.f0Hz);
            }
        }
    }

    private void begin(VectorTimbreDecoder decoder, double toldDb, AudioFeatures features, SynthControls[] head) {
        features.loudnessDb = leadDb(toldDb);
        // Else the recurrent state would still be silent when the note begins.
        for (int i = 0; i < LEAD_SECONDS * controlRateHz; i++) {
            decoder.step(features, head[0]);
        }
        for (int frame = 0; frame < head.length; frame++) {
            features.loudnessDb = (float) (toldDb
                    - NoteShape.attack(NoteLoudness.ATTACK_DB, attackSeconds, frame / controlRateHz));
            decoder.step(features, head[frame]);
        }
        // A note is heard while it grows to its first frame: if that were softer than the next two, some notes would be late.
        for (int frame = 1; frame <= FRAMES_OF_ONSET; frame++) {
            head[0].amplitude = Math.max(head[0].amplitude, head[frame].amplitude);
        }
    }

    private static BowPressure pressure(int lowKey, int keys, LoudnessQuantiles loudness) {
        float[][] db = new float[keys][PRESSURES];
        for (int row = 0; row < keys; row++) {
            for (int i = 0; i < PRESSURES; i++) {
                db[row][i] = (float) loudness.loudnessDb(lowKey + row, i / (PRESSURES - 1.0));
            }
        }
        return new BowPressure(lowKey, db);
    }

    private void settle(VectorTimbreDecoder decoder, AudioFeatures features, SynthControls controls) {
        decoder.reset();
        features.loudnessDb = (float) silentDb;
        for (int i = 0; i < SETTLE_SECONDS * controlRateHz; i++) {
            decoder.step(features, controls);
        }
    }

    private float leadDb(double toldDb) {
        return (float) (toldDb - NoteShape.attack(NoteLoudness.ATTACK_DB, attackSeconds, 0));
    }

    /** The first controls. */
    public NoteHeads heads() {
        return heads;
    }

    /** Puts a voice where a note begins, velocity as of {@link NoteHeads#velocity}; its {@code in} and {@code out} are used up. */
    void begin(StepDecoder decoder, int[] voice, int key, double velocity, AudioFeatures[] in, SynthControls[] out) {
        decoder.loadState(voice[0], states[Math.clamp(key - lowKey, 0, states.length - 1)]);
        AudioFeatures features = in[voice[0]];
        features.f0Hz = (float) Units.midiToHz(key);
        features.loudnessDb = leadDb(loudness.toldDb(key, loudness.targetDb(key, velocity, 1)));
        for (int i = 0; i < LEAD_SECONDS * controlRateHz; i++) {
            decoder.step(1, voice, in, out);
        }
    }
}
