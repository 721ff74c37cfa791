package org.chanterelle.rt;

/**
 * What one callback receives and fills: preallocated by the driver, valid during the call. The arrays may be longer than
 * {@link #frames}.
 */
public final class AudioBlock {
    /** Most MIDI messages in one block, in and out. */
    public static final int MIDI_CAPACITY = 1024;

    /** Microphone, mono. */
    public final float[] in;

    /** Left output, to be filled. */
    public final float[] left;

    /** Right output, to be filled. */
    public final float[] right;

    /** Messages that arrived, at their frames within the block. */
    public final MidiBuffer midiIn = new MidiBuffer(MIDI_CAPACITY);

    /** Messages to be sent; the driver clears it before the call. */
    public final MidiBuffer midiOut = new MidiBuffer(MIDI_CAPACITY);

    /** Frames in this block, at least 1. */
    public int frames;

    /** The driver's clock at the first frame: frames since some moment, never going back. */
    public long frameTime;

    /** Whether the transport runs; always true without one. */
    public boolean rolling = true;

    /** @param maxFrames longest block */
    public AudioBlock(int maxFrames) {
        in = new float[maxFrames];
        left = new float[maxFrames];
        right = new float[maxFrames];
    }
}
