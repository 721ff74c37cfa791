package org.chanterelle.inference;

import org.chanterelle.analysis.FeatureExtractor;
import org.chanterelle.analysis.Timing;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.signal.AudioFeatures;
import org.chanterelle.signal.Units;

/**
 * A microphone's sound in, what the instrument is to play out, one {@link VoiceFrame} a control frame: input gain, features,
 * performance. The analysis thread; the pitch tracker allocates.
 */
public final class VoiceTracker {
    private static final int CHUNK = 1024;

    private final double controlRateHz;
    private final FeatureExtractor extractor;
    private final FeatureExtractor.Sink taking = this::take;
    private final VoicePerformer performer;
    private final VoiceFrame frame = new VoiceFrame();
    private final float[] scaled = new float[CHUNK];
    private InputCalibration calibration;
    private float gain = 1f;
    private Sink sink;

    /** Receives control frames in order. The slot is reused: copy what must last. */
    @FunctionalInterface
    public interface Sink {
        /** Takes the next control frame. */
        void accept(VoiceFrame frame);
    }

    /**
     * @param inputRateHz sample rate of the microphone
     * @param controlRateHz control frames a second
     * @param timing when a frame is told
     * @param normalisation loudness statistics of the model
     */
    public VoiceTracker(double inputRateHz, double controlRateHz, Timing timing, Normalisation normalisation) {
        this.controlRateHz = controlRateHz;
        extractor = new FeatureExtractor(inputRateHz, controlRateHz, timing);
        performer = new VoicePerformer(normalisation, controlRateHz, timing);
        calibrate(InputCalibration.unknown(normalisation));
    }

    /** Takes over what is known about the input. */
    public void calibrate(InputCalibration input) {
        calibration = input;
        gain = (float) Units.dbToGain(input.gainDb());
        performer.calibrate(input);
    }

    /** What may be changed before each block or, from the sink, before each frame. */
    public VoiceSettings settings() {
        return performer.settings();
    }

    /**
     * Seconds from the instant {@code index / controlRateHz} that a frame describes to its telling. RECORD: constant. LIVE: at most,
     * the age of the lowest pitches.
     */
    public double latencySeconds() {
        return extractor.latencySeconds() + performer.delayFrames() / controlRateHz;
    }

    /** As {@link #latencySeconds}, at least: for the highest pitches. */
    public double minLatencySeconds() {
        return extractor.minLatencySeconds() + performer.delayFrames() / controlRateHz;
    }

    /** Forgets the past; calibration and settings stay. */
    public void reset() {
        extractor.reset();
        performer.reset();
    }

    /** Takes {@code frames} frames of the microphone, and tells all control frames that they complete. */
    public void process(float[] mono, int offset, int frames, Sink to) {
        sink = to;
        for (int done = 0; done < frames; done += CHUNK) {
            int size = Math.min(CHUNK, frames - done);
            for (int i = 0; i < size; i++) {
                scaled[i] = mono[offset + done + i] * gain;
            }
            double shiftDb = performer.settings().gateShiftDb;
            extractor.setGate(calibration.openDb() + shiftDb, calibration.closeDb() + shiftDb);
            extractor.process(scaled, 0, size, taking);
        }
    }

    private void take(AudioFeatures features) {
        if (performer.perform(features, frame)) {
            sink.accept(frame);
        }
    }
}
