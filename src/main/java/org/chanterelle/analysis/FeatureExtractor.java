package org.chanterelle.analysis;

import org.chanterelle.rt.dsp.HighPass;
import org.chanterelle.rt.dsp.Resampler;
import org.chanterelle.signal.AudioFeatures;
import org.chanterelle.signal.FeatureTrack;

/**
 * Pitch, loudness and voicing of a mono stream at any sample rate, one {@link AudioFeatures} per control frame. Everything is
 * resampled to 48 kHz first, so that recordings and microphones of different rates mean the same. For the analysis thread.
 */
public final class FeatureExtractor {
    /** The rate at which everything is analysed. */
    public static final double INTERNAL_RATE_HZ = 48_000;

    /** Where loudness ends, so that a 16 kHz recording reads the same as a wider one. */
    public static final double LOUDNESS_MAX_HZ = 8_000;

    /** How far before the first voiced instant a stretch may begin to sound. */
    public static final double ONSET_BEFORE_SECONDS = 0.02;

    private static final int LOUDNESS_WINDOW = 1024;
    private static final int LOW_VOICE_LOUDNESS_WINDOW = 2048;

    /** Below this pitch the short window holds too few periods: the loudness would ripple with each. */
    private static final double LOW_VOICE_HZ = 115;

    private static final double RUMBLE_HZ = 40;
    private static final double FORESIGHT_SECONDS = 0.04;
    private static final double ONSET_AFTER_SECONDS = 0.04;
    private static final float LOUDEST = 1000f;
    private static final int HISTORY = 8192;
    private static final int CHUNK = 256;

    private final double controlRateHz;
    private final boolean live;
    private final int foresight;
    private final int delayFrames;
    private final Resampler resampler;
    private final HighPass rumbleFilter = new HighPass(RUMBLE_HZ, INTERNAL_RATE_HZ);
    private final SampleHistory sound = new SampleHistory(HISTORY);
    private final SampleHistory pitched = new SampleHistory(HISTORY);
    private final LoudnessMeter loudness = LoudnessMeter.rateIndependent(INTERNAL_RATE_HZ, LOUDNESS_WINDOW, LOUDNESS_MAX_HZ);
    private final LoudnessMeter lowVoiceLoudness = LoudnessMeter.rateIndependent(INTERNAL_RATE_HZ, LOW_VOICE_LOUDNESS_WINDOW,
            LOUDNESS_MAX_HZ);
    private final PitchTracker tracker;
    private final VoicingGate gate;
    private final OnsetFinder onsets = new OnsetFinder(INTERNAL_RATE_HZ, ONSET_BEFORE_SECONDS, ONSET_AFTER_SECONDS);
    private final Sink marking = this::markOnset;
    private final float[] resampled;
    private final float[] loudnessRing;
    private long nextFrame;
    private long toldFrames;
    private boolean wasVoiced;
    private Sink sink;

    /** Receives control frames in order. The slot is reused: copy what must last. */
    @FunctionalInterface
    public interface Sink {
        /** Takes the next control frame. */
        void accept(AudioFeatures features);
    }

    /** With the gate that suits the timing. */
    public FeatureExtractor(double inputRateHz, double controlRateHz, Timing timing) {
        this(inputRateHz, controlRateHz, timing, timing == Timing.LIVE ? GateSettings.LIVE : GateSettings.RECORD);
    }

    /**
     * @param inputRateHz sample rate of the stream
     * @param controlRateHz control frames a second, 20 to 2,000
     * @param timing when a frame is told
     * @param gateSettings what counts as pitched
     */
    public FeatureExtractor(double inputRateHz, double controlRateHz, Timing timing, GateSettings gateSettings) {
        if (!(controlRateHz >= 20 && controlRateHz <= 2000)) {
            throw new IllegalArgumentException("control rate " + controlRateHz + " Hz: expected 20 to 2000");
        }
        this.controlRateHz = controlRateHz;
        live = timing == Timing.LIVE;
        foresight = live ? 0 : (int) Math.ceil(FORESIGHT_SECONDS * controlRateHz);
        resampler = new Resampler(inputRateHz, INTERNAL_RATE_HZ);
        resampled = new float[resampler.maxOutput(CHUNK)];
        tracker = new PitchTracker(INTERNAL_RATE_HZ, controlRateHz, timing, foresight);
        gate = new VoicingGate(gateSettings, controlRateHz);
        delayFrames = foresight + gateSettings.delayFrames(controlRateHz);
        loudnessRing = new float[foresight + 1];
    }

    /**
     * By how many seconds a frame trails the sound that it describes. RECORD: exactly this, always: frame {@code i} describes the
     * instant {@code i / controlRateHz} and is told this much later. LIVE: frame {@code i} is told at {@code i / controlRateHz};
     * this is the age of the lowest pitches then (middle of their window).
     */
    public double latencySeconds() {
        double window = 0.5 * PitchCandidates.LONGEST_WINDOW / INTERNAL_RATE_HZ;
        return resampler.latencySeconds() + window + delayFrames / controlRateHz;
    }

    /** As {@link #latencySeconds}, for the highest pitches. */
    public double minLatencySeconds() {
        return live ? resampler.latencySeconds() + 0.5 * 512 / INTERNAL_RATE_HZ : latencySeconds();
    }

    /**
     * Moves the levels of the gate.
     *
     * @param openDb loudness from which it may open
     * @param closeDb loudness under which it closes, at most {@code openDb}
     */
    public void setGate(double openDb, double closeDb) {
        gate.setLevels(openDb, closeDb);
    }

    /** Forgets the past: as after construction, but for the gate's levels. */
    public void reset() {
        resampler.reset();
        rumbleFilter.reset();
        sound.reset();
        pitched.reset();
        tracker.reset();
        gate.reset();
        nextFrame = 0;
        toldFrames = 0;
        wasVoiced = false;
    }

    /** Takes {@code frames} frames of the stream, and tells all control frames that they complete. */
    public void process(float[] mono, int offset, int frames, Sink sink) {
        this.sink = sink;
        for (int done = 0; done < frames; done += CHUNK) {
            int size = Math.min(CHUNK, frames - done);
            int count = resampler.process(mono, offset + done, size, resampled, 0);
            silenceWhatIsNoNumber(count);
            sound.append(resampled, 0, count);
            rumbleFilter.process(resampled, 0, count);
            pitched.append(resampled, 0, count);
            while (needed(nextFrame) <= sound.end()) {
                step();
            }
        }
    }

    /**
     * The features of a whole sound, in RECORD timing with its latency removed.
     *
     * @return {@code ceil(mono.length / sampleRateHz * controlRateHz)} control frames
     */
    public static FeatureTrack extract(float[] mono, double sampleRateHz, double controlRateHz) {
        int length = (int) Math.ceil(mono.length / sampleRateHz * controlRateHz - 1e-9);
        TrackSink track = new TrackSink(length);
        FeatureExtractor extractor = new FeatureExtractor(sampleRateHz, controlRateHz, Timing.RECORD);
        extractor.process(mono, 0, mono.length, track);
        int tail = (int) Math.ceil((extractor.latencySeconds() + 2 / controlRateHz) * sampleRateHz);
        extractor.process(new float[tail], 0, tail, track);
        return track.toTrack(controlRateHz);
    }

    /** The internal frame on which a control frame's windows are anchored: their middle, or their end in LIVE timing. */
    private long anchor(long controlFrame) {
        double seconds = controlFrame / controlRateHz;
        return live
                ? (long) Math.floor(seconds * INTERNAL_RATE_HZ)
                : Math.round((seconds + resampler.latencySeconds()) * INTERNAL_RATE_HZ);
    }

    private long needed(long controlFrame) {
        return anchor(controlFrame) + (live ? 0 : PitchCandidates.LONGEST_WINDOW / 2 + 2);
    }

    /** A broken driver or file must not poison the filters for good. */
    private void silenceWhatIsNoNumber(int count) {
        for (int n = 0; n < count; n++) {
            if (!(Math.abs(resampled[n]) < LOUDEST)) {
                resampled[n] = 0f;
            }
        }
    }

    private void step() {
        long anchor = anchor(nextFrame);
        tracker.track(pitched.data(), pitched.indexOf(anchor));
        double hz = tracker.leadingHz();
        LoudnessMeter meter = hz > 0 && hz < LOW_VOICE_HZ ? lowVoiceLoudness : loudness;
        long start = anchor - (live ? meter.windowFrames() : meter.windowFrames() / 2);
        loudnessRing[(int) (nextFrame % loudnessRing.length)] = meter.loudness(sound.data(), sound.indexOf(start));
        if (nextFrame++ >= foresight) {
            float loudnessDb = loudnessRing[(int) (nextFrame % loudnessRing.length)];
            gate.pass(loudnessDb, tracker.pitchHz(), tracker.correlation(), tracker.salience(), marking);
        }
    }

    /** RECORD timing has heard what comes: it tells when a stretch begins to sound. */
    private void markOnset(AudioFeatures features) {
        features.onsetSeconds = Double.NaN;
        long anchor = anchor(toldFrames++);
        if (!live && features.voiced && !wasVoiced) {
            int offset = onsets.find(pitched.data(), pitched.indexOf(anchor), pitched.indexOf(pitched.end()));
            if (offset != Integer.MIN_VALUE) {
                features.onsetSeconds = (anchor + offset) / INTERNAL_RATE_HZ - resampler.latencySeconds();
            }
        }
        wasVoiced = features.voiced;
        sink.accept(features);
    }

    /** Collects a track. */
    private static final class TrackSink implements Sink {
        private final float[] f0Hz;
        private final float[] loudnessDb;
        private final float[] confidence;
        private final boolean[] voiced;
        private int length;

        TrackSink(int capacity) {
            f0Hz = new float[capacity];
            loudnessDb = new float[capacity];
            confidence = new float[capacity];
            voiced = new boolean[capacity];
        }

        @Override
        public void accept(AudioFeatures features) {
            if (length < f0Hz.length) {
                f0Hz[length] = features.f0Hz;
                loudnessDb[length] = features.loudnessDb;
                confidence[length] = features.confidence;
                voiced[length++] = features.voiced;
            }
        }

        FeatureTrack toTrack(double controlRateHz) {
            if (length != f0Hz.length) {
                throw new IllegalStateException("extracted " + length + " of " + f0Hz.length + " control frames");
            }
            return new FeatureTrack(controlRateHz, f0Hz, loudnessDb, confidence, voiced);
        }
    }
}
