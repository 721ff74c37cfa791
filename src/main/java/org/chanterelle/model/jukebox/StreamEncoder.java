package org.chanterelle.model.jukebox;

import java.io.IOException;
import java.util.Arrays;

/**
 * Encodes audio piece by piece. Each piece is encoded with as much around it as its codes depend on, so that the codes are those of the
 * whole. One thread.
 */
public final class StreamEncoder {
    private final VqVae model;
    private final Codes sink;
    private final int hop;
    private final int context;
    private final int piece;
    private float[] held;
    /** Frames in {@link #held}, of which the first {@link #before} are encoded already. */
    private int count;
    private int before;
    private long frames;

    /** Takes codes as they come. */
    @FunctionalInterface
    public interface Codes {
        /** Codes from {@code from} to before {@code to}. */
        void accept(int[] codes, int from, int to) throws IOException;
    }

    /** @param pieceFrames audio frames encoded at a time, 0 for a good size */
    public StreamEncoder(VqVae model, int pieceFrames, Codes sink) {
        this.model = model;
        this.sink = sink;
        hop = model.config().hop();
        context = Math.ceilDiv(model.config().encoderReach(), hop) * hop;
        piece = Math.ceilDiv(pieceFrames > 0 ? pieceFrames : Math.max(1 << 16, 4 * context), hop) * hop;
        held = new float[context + piece + context];
    }

    /** Reads more audio at the model's rate. */
    public void write(float[] audio, int offset, int length) throws IOException {
        frames += length;
        for (int done = 0; done < length;) {
            int some = Math.min(length - done, held.length - count);
            System.arraycopy(audio, offset + done, held, count, some);
            count += some;
            done += some;
            if (count - before >= piece + context) {
                encode(piece);
            }
        }
    }

    /** Encodes what is left, silence after it up to a whole hop. Returns the audio frames read in all. */
    public long finish() throws IOException {
        int padded = Math.ceilDiv(count, hop) * hop;
        held = Arrays.copyOf(held, Math.max(held.length, padded));
        Arrays.fill(held, count, padded, 0f);
        count = padded;
        while (count > before) {
            encode(Math.min(piece, count - before));
        }
        return frames;
    }

    private void encode(int length) throws IOException {
        int seen = Math.min(count, before + length + context);
        int[] codes = model.encode(held, 0, seen);
        sink.accept(codes, before / hop, (before + length) / hop);
        int done = before + length;
        int drop = Math.max(0, done - context);
        System.arraycopy(held, drop, held, 0, count - drop);
        count -= drop;
        before = done - drop;
    }
}
