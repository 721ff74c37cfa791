package org.chanterelle.ddsp;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.chanterelle.signal.UserError;

/**
 * The sound whose short-time magnitudes are nearest to given ones, by the accelerated algorithm of Griffin and Lim (Perraudin, Balazs and
 * Søndergaard 2013), from phases that {@link PhaseTrack} lays. Works on stretches of some seconds, each pinned to the sound before it, so
 * that memory does not grow with the length and there is no seam. Deterministic. Not for several threads.
 */
public final class PhaseRetrieval {
    private static final int LANES = LaneFft.LANES;
    private static final int STRETCH_FRAMES = 1024;
    private static final float SMALL = 1e-20f;

    private final int size;
    private final int hop;
    private final int iterations;
    private final float momentum;
    private final int margin;
    private final LaneStft stft;
    private final PhaseTrack track;

    private final float[][] magnitude;
    private final float[][] re;
    private final float[][] im;
    private final float[][] beforeRe;
    private final float[][] beforeIm;
    private final float[] workRe;
    private final float[] workIm;
    private final float[] audio;
    private final float[] weights;

    /**
     * @param size window in audio frames, a power of two
     * @param hop in audio frames, at most a quarter of the window
     * @param iterations 0 or more
     * @param momentum 0 for the plain algorithm, .99 for the fast one
     */
    public PhaseRetrieval(int size, int hop, int iterations, double momentum) {
        this.size = size;
        this.hop = hop;
        this.iterations = iterations;
        this.momentum = (float) (momentum / (1 + momentum));
        margin = 2 * size / hop;
        stft = new LaneStft(size, hop);
        track = new PhaseTrack(size, hop);
        int most = STRETCH_FRAMES + 2 * margin;
        int blocks = Math.ceilDiv(most, LANES);
        magnitude = blocks(blocks);
        re = blocks(blocks);
        im = blocks(blocks);
        beforeRe = blocks(blocks);
        beforeIm = blocks(blocks);
        workRe = stft.newArray();
        workIm = stft.newArray();
        audio = new float[most * hop + size];
        weights = new float[audio.length];
    }

    private float[][] blocks(int count) {
        float[][] blocks = new float[count][];
        Arrays.setAll(blocks, i -> stft.newArray());
        return blocks;
    }

    /**
     * Finds the sound.
     *
     * @return hop times as many audio frames as there are spectra, the first spectrum's window centred on the first of them
     */
    public float[] of(SpectrumSource source) {
        long length = (long) source.frames() * hop;
        if (length > Integer.MAX_VALUE - size) {
            throw new UserError(source.frames() + " spectra are more than one sound can hold. Render it in parts");
        }
        float[] sound = new float[(int) length];
        for (int first = 0; first < source.frames(); first += STRETCH_FRAMES) {
            int from = Math.max(0, first - margin);
            int to = Math.min(source.frames(), first + STRETCH_FRAMES + margin);
            stretch(source, from, first, to, sound);
            int end = Math.min(source.frames(), first + STRETCH_FRAMES);
            System.arraycopy(audio, size / 2 + (first - from) * hop, sound, first * hop, (end - first) * hop);
        }
        return sound;
    }

    /** Leaves in {@link #audio} the sound of frames from..to, from half a window before the first one's centre on. */
    private void stretch(SpectrumSource source, int from, int first, int to, float[] sound) {
        int frames = to - from;
        Arrays.fill(weights, 0f);
        stft.weigh(0, frames, weights);
        Arrays.fill(audio, 0f);
        pin(sound, from, first);
        lay(source, from, first, to);
        for (float[][] before : new float[][][] {beforeRe, beforeIm}) {
            for (float[] block : before) {
                Arrays.fill(block, 0f);
            }
        }
        for (int i = 0; i < iterations; i++) {
            synthesise(frames);
            pin(sound, from, first);
            analyse(frames, i == 0 ? 0f : momentum);
        }
        synthesise(frames);
    }

    /** What is already decided stays, in all that later windows see of it. */
    private void pin(float[] sound, int from, int first) {
        int begin = Math.max(0, from * hop - size / 2);
        int count = first * hop - begin;
        if (first > 0) {
            System.arraycopy(sound, begin, audio, begin - from * hop + size / 2, count);
        }
    }

    /** First estimate: magnitudes as wanted, phases running on from the frame before the stretch. */
    private void lay(SpectrumSource source, int from, int first, int to) {
        int bins = size / 2 + 1;
        float[] magnitudes = new float[bins];
        float[] advances = new float[bins];
        float[] phases = startPhases(from, first);
        for (int frame = from; frame < to; frame++) {
            source.read(frame, magnitudes, advances);
            int block = (frame - from) / LANES;
            int lane = (frame - from) % LANES;
            boolean known = frame <= first - size / 2 / hop - 1;
            if (known) {
                stft.forward(audio, (frame - from) * hop, 1, workRe, workIm);
                for (int k = 0; k < bins; k++) {
                    phases[k] = (float) Math.atan2(workIm[k * LANES], workRe[k * LANES]);
                }
            } else {
                track.next(magnitudes, advances, phases);
            }
            for (int k = 0; k < bins; k++) {
                int at = k * LANES + lane;
                magnitude[block][at] = magnitudes[k];
                re[block][at] = magnitudes[k] * (float) Math.cos(phases[k]);
                im[block][at] = magnitudes[k] * (float) Math.sin(phases[k]);
            }
        }
    }

    /** Those of a pulse train's first pulse would all be 0 and peak together; these spread as the squares do (Schroeder 1970). */
    private float[] startPhases(int from, int first) {
        float[] phases = new float[size / 2 + 1];
        if (first == from) {
            for (int k = 0; k < phases.length; k++) {
                phases[k] = (float) Math.IEEEremainder(Math.PI * ((double) k * k / phases.length + k), 2 * Math.PI);
            }
        }
        return phases;
    }

    private void synthesise(int frames) {
        Arrays.fill(audio, 0f);
        for (int frame = 0; frame < frames; frame += LANES) {
            int block = frame / LANES;
            System.arraycopy(re[block], 0, workRe, 0, workRe.length);
            System.arraycopy(im[block], 0, workIm, 0, workIm.length);
            stft.inverseAdd(workRe, workIm, frame * hop, Math.min(LANES, frames - frame), audio);
        }
        for (int n = 0; n < frames * hop + size - hop; n++) {
            // The outermost frames have hardly any weight, and what they had would be noise.
            audio[n] = weights[n] > 1e-3f ? audio[n] / weights[n] : 0f;
        }
    }

    private void analyse(int frames, float past) {
        FloatVector share = FloatVector.broadcast(LaneFft.SPECIES, -past);
        for (int frame = 0; frame < frames; frame += LANES) {
            int block = frame / LANES;
            stft.forward(audio, frame * hop, Math.min(LANES, frames - frame), workRe, workIm);
            for (int i = 0; i < workRe.length; i += LANES) {
                FloatVector a = FloatVector.fromArray(LaneFft.SPECIES, workRe, i);
                FloatVector b = FloatVector.fromArray(LaneFft.SPECIES, workIm, i);
                FloatVector x = share.fma(FloatVector.fromArray(LaneFft.SPECIES, beforeRe[block], i), a);
                FloatVector y = share.fma(FloatVector.fromArray(LaneFft.SPECIES, beforeIm[block], i), b);
                a.intoArray(beforeRe[block], i);
                b.intoArray(beforeIm[block], i);
                FloatVector length = x.fma(x, y.mul(y)).add(SMALL).lanewise(VectorOperators.SQRT);
                FloatVector scale = FloatVector.fromArray(LaneFft.SPECIES, magnitude[block], i).div(length);
                x.mul(scale).intoArray(re[block], i);
                y.mul(scale).intoArray(im[block], i);
            }
        }
    }
}
