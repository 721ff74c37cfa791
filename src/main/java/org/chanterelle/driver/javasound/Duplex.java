package org.chanterelle.driver.javasound;

import java.util.Arrays;
import org.chanterelle.rt.AudioBlock;

/** The lines of a sound card while they are open, and one block after another through them. The waiting is done by the lines. */
final class Duplex implements AutoCloseable {
    private final SoundLine playback;
    /** Null without one. */
    private final SoundLine capture;
    private final int blockFrames;
    private final byte[] outBytes;
    private final byte[] inBytes;
    private boolean begun;

    /** A line does not take or give sound any more. */
    static final class LineLost extends Exception {
        private static final long serialVersionUID = 1L;

        LineLost(Throwable cause) {
            super(cause);
        }
    }

    private Duplex(SoundLine playback, SoundLine capture, int blockFrames) {
        this.playback = playback;
        this.capture = capture;
        this.blockFrames = blockFrames;
        outBytes = new byte[blockFrames * playback.codec().frameBytes()];
        inBytes = new byte[capture == null ? 0 : blockFrames * capture.codec().frameBytes()];
    }

    /**
     * Opens the lines.
     *
     * @throws org.chanterelle.signal.UserError when there is no output
     */
    static Duplex open(SoundLines lines, JavaSoundSettings settings) {
        SoundLine playback = lines.openPlayback(settings);
        try {
            return new Duplex(playback, lines.openCapture(settings, playback.sampleRateHz()), settings.blockFrames());
        } catch (RuntimeException e) {
            playback.close();
            throw e;
        }
    }

    SoundLine playback() {
        return playback;
    }

    boolean hasInput() {
        return capture != null;
    }

    /** Frames that the lines' buffers add to the process's latency, at most. */
    int bufferFrames() {
        return playback.bufferFrames() + (capture == null ? 0 : capture.bufferFrames());
    }

    /** Waits for what the block hears. Returns whether blocks were lost before it. */
    boolean receive(AudioBlock block) throws LineLost {
        try {
            boolean late = begun && isLate();
            if (!begun) {
                begin();
            } else if (late) {
                fillWithSilence();
            }
            if (capture == null) {
                Arrays.fill(block.in, 0, blockFrames, 0f);
            } else {
                transfer(capture, inBytes);
                capture.codec().decode(inBytes, block.in, blockFrames);
            }
            return late;
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new LineLost(e);
        }
    }

    /** Plays the block, and waits until there is room for it. */
    void send(AudioBlock block) throws LineLost {
        playback.codec().encode(block.left, block.right, outBytes, blockFrames);
        try {
            transfer(playback, outBytes);
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new LineLost(e);
        }
    }

    private void begin() throws LineLost {
        begun = true;
        if (capture != null) {
            capture.start();
        }
        fillWithSilence();
        playback.start();
    }

    /** Nothing left to play, or no room for what comes in. */
    private boolean isLate() {
        return playback.availableFrames() >= playback.bufferFrames()
                || (capture != null && capture.availableFrames() >= capture.bufferFrames());
    }

    /** All but the room of one block. */
    private void fillWithSilence() throws LineLost {
        Arrays.fill(outBytes, (byte) 0);
        for (int blocks = playback.availableFrames() / blockFrames; blocks > 1; blocks--) {
            transfer(playback, outBytes);
        }
    }

    private static void transfer(SoundLine line, byte[] bytes) throws LineLost {
        if (line.transfer(bytes, bytes.length) != bytes.length) {
            throw new LineLost(null);
        }
    }

    @Override
    public void close() {
        try {
            if (capture != null) {
                capture.close();
            }
        } finally {
            playback.close();
        }
    }
}
