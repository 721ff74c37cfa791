package org.chanterelle.rt;

import org.chanterelle.signal.ControlMapping;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.RealTime;

/**
 * The body of the audio callback: MIDI at its very frame to the present patch, the patch's sound to both outputs, and what came in to
 * the worker. Another patch comes in from any thread and takes over by a cross-fade; until then the old one sounds.
 */
public final class LiveProcess implements AudioProcess, MidiState.Notes {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int PROGRAMS = 128;

    private final ParameterValues values;
    private final ParameterSmoother smoother;
    private final ParameterControls controls;
    private final ChannelValues channels;
    private final PatchSource source;
    private final MidiInbox inbox = new MidiInbox();
    private final MidiState midi = new MidiState(this);
    private final CallbackStats stats = new CallbackStats();
    private final StepGrid grid = new StepGrid();
    private final PatchTakeover patches = new PatchTakeover();
    private final PeakMeter inputPeak = new PeakMeter();
    private final PeakMeter outputPeak = new PeakMeter();
    private double nanosPerFrame;
    private long now;

    /** Frames processed; unlike the driver's clock it does not leap when blocks are lost. */
    private long clock;
    private volatile Runnable worker = () -> {};
    private volatile AudioTap tap;
    private volatile int latencyMin;
    private volatile int latencyMax;
    private volatile int programWish = -1;
    private volatile boolean panic;
    private volatile boolean inStep;
    private volatile long xruns;
    private volatile int voices;

    /** What a driver's start or change needs: a patch for the new rate. Called where it may allocate. */
    @FunctionalInterface
    public interface PatchSource {
        /** A patch for this device; never null. */
        Patch patchFor(double sampleRateHz, int maxFrames);
    }

    /** Hears what goes out, while the transport rolls. */
    public interface AudioTap {
        /** The device has this rate from now on. Not on the audio thread. */
        void prepare(int sampleRateHz);

        /** Takes a block; must not wait. */
        @RealTime
        void offer(float[] left, float[] right, int frames);
    }

    /**
     * @param values what is set; mapped controllers turn it
     * @param present what sounds, written here: {@code values} without steps
     * @param channels where the state of the MIDI channels goes
     * @param source makes the patch with which a prepared device begins
     */
    public LiveProcess(ParameterValues values, ParameterValues present, ChannelValues channels, PatchSource source) {
        this.values = values;
        smoother = new ParameterSmoother(values, present);
        controls = new ParameterControls(values);
        this.channels = channels;
        this.source = source;
    }

    /** What runs inference to its end when blocks are processed in step. */
    public void setWorker(Runnable step) {
        worker = step;
    }

    /** Who hears what goes out; null for nobody. */
    public void setTap(AudioTap newTap) {
        tap = newTap;
    }

    /** Where MIDI comes in that the driver does not bring. */
    public MidiInbox inbox() {
        return inbox;
    }

    /** Which controllers turn which parameters. */
    public void setMap(MidiMap newMap) {
        controls.map = newMap;
    }

    /** Which controllers turn which parameters. */
    public MidiMap map() {
        return controls.map;
    }

    /** Listens for a controller that moves, for a map to learn. */
    public ControlEar ear() {
        return controls.ear;
    }

    /** Lets another patch take over with the next block. It must be prepared for the present device. */
    public void change(Patch newPatch) {
        patches.offer(newPatch);
        tellLatency(newPatch);
    }

    /** Silences all notes with the next block. */
    public void panic() {
        panic = true;
    }

    @Override
    public void prepare(double sampleRateHz, int maxFrames) {
        nanosPerFrame = NANOS_PER_SECOND / sampleRateHz;
        smoother.prepare(sampleRateHz);
        patches.forget();
        Patch patch = source.patchFor(sampleRateHz, maxFrames);
        patches.begin(patch, maxFrames);
        midi.panic();
        tellLatency(patch);
        AudioTap listener = tap;
        if (listener != null) {
            listener.prepare((int) Math.round(sampleRateHz));
        }
    }

    @Override
    @RealTime
    public void process(AudioBlock block) {
        if (inStep) {
            inStep = false;
        }
        run(block);
    }

    @Override
    public void processInStep(AudioBlock block) {
        inStep = true;
        for (int done = 0; done < block.frames;) {
            run(grid.take(block, done, clock));
            done = grid.give(block, done);
            if (clock % StepGrid.FRAMES == 0) {
                worker.run();
            }
        }
    }

    /** Whether blocks are processed in step at present: then nobody else may run the worker. */
    public boolean isInStep() {
        return inStep;
    }

    @RealTime
    private void run(AudioBlock block) {
        long start = System.nanoTime();
        stats.mark(Thread.currentThread().threadId());
        patches.advance();
        Patch patch = patches.present();
        if (panic) {
            panic = false;
            midi.panic();
        }
        inbox.drainTo(block.midiIn, block.frames, NANOS_PER_SECOND / nanosPerFrame, start);
        midi.setBendRange(values.get(Parameters.BEND_RANGE));
        patch.receive();
        patch.listen(block, clock);
        play(block);
        voices = patch.voices();
        AudioTap listener = tap;
        if (listener != null && block.rolling) {
            listener.offer(block.left, block.right, block.frames);
        }
        stats.add(System.nanoTime() - start, block.frames * nanosPerFrame);
    }

    @Override
    public void xrun() {
        xruns++;
    }

    @Override
    public int minLatencyFrames() {
        return latencyMin;
    }

    @Override
    public int maxLatencyFrames() {
        return latencyMax;
    }

    /** Durations of the callbacks. */
    public CallbackStats stats() {
        return stats;
    }

    /** Times the driver said that it lost blocks. */
    public long xruns() {
        return xruns;
    }

    /** Voices that sounded in the last block. */
    public int voices() {
        return voices;
    }

    /** The patch that plays; null before the first {@link #prepare}. */
    public Patch patch() {
        return patches.present();
    }

    /** Largest input since the last call, linear. */
    public float takeInputPeak() {
        return inputPeak.take();
    }

    /** Largest output since the last call, linear. */
    public float takeOutputPeak() {
        return outputPeak.take();
    }

    /** The last program change since the last call, bank * 128 + program, or -1. */
    public int takeProgramWish() {
        int wish = programWish;
        programWish = -1;
        return wish;
    }

    @Override
    @RealTime
    public void noteOn(int channel, int key, int velocity) {
        if (channels.scale().sounds(key)) {
            patches.present().noteOn(channel, key, velocity, now);
        }
    }

    @Override
    @RealTime
    public void noteOff(int channel, int key) {
        patches.present().noteOff(channel, key, now);
    }

    @Override
    @RealTime
    public void allNotesOff(int channel) {
        patches.present().allNotesOff(channel, false, now);
    }

    @Override
    @RealTime
    public void allSoundOff(int channel) {
        patches.present().allNotesOff(channel, true, now);
    }

    @Override
    @RealTime
    public void programChange(int channel, int bank, int program) {
        programWish = bank * PROGRAMS + program;
    }

    @Override
    @RealTime
    public void controlChanged(int channel, int control) {
        channels.follow(midi, channel, controls.map.maps(MidiChannel.BRIGHTNESS));
        if (control == MidiState.RESET) {
            channels.followKeys(midi, channel);
        } else if (control < ControlMapping.CONTROLLERS && !midi.isMember(channel)) {
            controls.turn(midi, channel, control);
        }
    }

    @Override
    @RealTime
    public void keyPressureChanged(int channel, int key) {
        channels.followKey(midi, channel, key);
    }

    @Override
    @RealTime
    public void parameterSet(int number, int value) {
        controls.set(number, value);
    }

    @Override
    @RealTime
    public void parameterStepped(int number, int step) {
        controls.step(number, step);
    }

    @Override
    @RealTime
    public void modulationRangeSet(float semitones) {
        controls.setModulationRange(semitones);
    }

    @RealTime
    private void play(AudioBlock block) {
        int done = 0;
        for (int i = 0; i < block.midiIn.count(); i++) {
            int frame = Math.min(block.midiIn.frame(i), block.frames);
            render(block, done, frame - done);
            done = Math.max(done, frame);
            now = clock + done;
            midi.handle(block.midiIn.status(i), block.midiIn.data1(i), block.midiIn.data2(i));
        }
        render(block, done, block.frames - done);
        clock += block.frames;
        now = clock;
    }

    @RealTime
    private void render(AudioBlock block, int offset, int frames) {
        if (frames <= 0) {
            return;
        }
        smoother.advance(frames);
        patches.render(block.left, offset, frames, clock + offset);
        System.arraycopy(block.left, offset, block.right, offset, frames);
        inputPeak.hear(block.in, offset, frames);
        outputPeak.hear(block.left, offset, frames);
    }

    private void tellLatency(Patch of) {
        latencyMin = of.minLatencyFrames();
        latencyMax = of.maxLatencyFrames();
    }
}
