package org.chanterelle.generate.codes;

import java.io.IOException;
import org.chanterelle.model.jukebox.VqVae;

/**
 * Decodes codes piece by piece, each with as many around it as its audio depends on, so that there is no seam. One thread.
 */
public final class StreamDecoder {
    private final VqVae model;
    private final Audio sink;
    private final int hop;
    private final int context;
    private final int piece;
    private final int[] held;
    /** Codes in {@link #held}, of which the first {@link #before} are decoded already. */
    private int count;
    private int before;

    /** Takes audio as it comes. */
    @FunctionalInterface
    public interface Audio {
        /** Frames from {@code offset} on. */
        void accept(float[] audio, int offset, int frames) throws IOException;
    }

    /** @param pieceCodes codes decoded at a time, 0 for a good number */
    public StreamDecoder(VqVae model, int pieceCodes, Audio sink) {
        this.model = model;
        this.sink = sink;
        hop = model.config().hop();
        context = model.config().decoderReach();
        piece = pieceCodes > 0 ? pieceCodes : Math.max((1 << 16) / hop, 4 * context);
        held = new int[context + piece + context];
    }

    /** Reads more codes. */
    public void write(int[] codes, int offset, int length) throws IOException {
        for (int done = 0; done < length;) {
            int some = Math.min(length - done, held.length - count);
            System.arraycopy(codes, offset + done, held, count, some);
            count += some;
            done += some;
            if (count - before >= piece + context) {
                decode(piece);
            }
        }
    }

    /** Decodes what is left. */
    public void finish() throws IOException {
        while (count > before) {
            decode(Math.min(piece, count - before));
        }
    }

    private void decode(int length) throws IOException {
        int seen = Math.min(count, before + length + context);
        float[] audio = model.decode(held, 0, seen);
        sink.accept(audio, before * hop, length * hop);
        int done = before + length;
        int drop = Math.max(0, done - context);
        System.arraycopy(held, drop, held, 0, count - drop);
        count -= drop;
        before = done - drop;
    }
}
