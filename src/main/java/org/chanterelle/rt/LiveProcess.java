package org.chanterelle.rt;

import java.util.Arrays;
import org.chanterelle.signal.RealTime;

/**
 * The body of the audio callback: MIDI at its very frame to the present patch, the patch's sound to both outputs, and what came in to
 * the worker. Another patch comes in from any thread and takes over by a cross-fade; until then the old one sounds.
 */
public final class LiveProcess implements AudioProcess, MidiState.Notes {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Rings.Input input;
    private final ParameterValues values;
    private final ChannelValues channels;
    private final PatchSource source;
    private final MidiState midi = new MidiState(this);
    private final CallbackStats stats = new CallbackStats();
    private final MidiBuffer extra = new MidiBuffer(AudioBlock.MIDI_CAPACITY);
    private MidiMap map;
    private MidiInbox inbox;
    private AudioTap tap;

    private double nanosPerFrame;
    private float[] mono = new float[0];
    private Patch patch;
    private Patch leaving;
    private long now;
    private volatile Patch next;
    private volatile int latencyMin;
    private volatile int latencyMax;
    private volatile int programWish = -1;
    private volatile boolean panic;
    private volatile long xruns;
    private volatile int voices;
    private volatile float inputPeak;
    private volatile float outputPeak;

    /** What a driver's start or change needs: a patch for the new rate. Called where it may allocate. */
    @FunctionalInterface
    public interface PatchSource {
        /** A patch for this device; never null. */
        Patch patchFor(double sampleRateHz, int maxFrames);
    }

    /** Hears what goes out. */
    public interface AudioTap {
        /** Takes a block; must not wait. */
        @RealTime
        void offer(float[] left, float[] right, int frames);
    }

    /**
     * @param source makes the patch with which a prepared device begins
     */
    public LiveProcess(Rings.Input input, ParameterValues values, ChannelValues channels, PatchSource source) {
        this.input = input;
        this.values = values;
        this.channels = channels;
        this.source = source;
    }
}
