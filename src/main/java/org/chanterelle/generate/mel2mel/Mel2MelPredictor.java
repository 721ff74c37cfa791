package org.chanterelle.generate.mel2mel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.mel2mel.Mel2MelBlock;
import org.chanterelle.model.mel2mel.Mel2MelConfig;
import org.chanterelle.model.mel2mel.PianoRoll;

/**
 * Spectrograms of rolls of any length. The LSTM reads windows that overlap by more than it remembers, and from one to the next the
 * prediction is faded, so that there is no seam and memory does not grow. Holds native memory until closed; one thread at a time.
 */
public final class Mel2MelPredictor implements AutoCloseable {
    /** Control frames that a window adds. */
    static final int CORE = 2048;

    /** Control frames of two seconds that it sees before and after them. */
    static final int CONTEXT = 256;

    private static final int FADE = 64;
    private static final int BANDS = MelSpectrum.BANDS;

    private final NDManager manager;
    private final Mel2MelBlock block;

    /** Copies the weights. */
    public Mel2MelPredictor(Mel2MelConfig config, Map<String, Tensor> weights) {
        manager = NDManager.newBaseManager(ai.djl.Device.cpu());
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        weights.forEach((name, tensor) -> arrays.put(
                name, create(manager, tensor.values(), IntStream.of(tensor.shape()).asLongStream().toArray())));
        block = new Mel2MelBlock(config, arrays);
    }

    /**
     * The log-mel spectrogram of a roll, not below the floor; see {@link MelSpectrum}.
     *
     * @param frames control frames to make
     * @param store keeps windows under names that begin with {@code name}
     * @param progress hears the share that is done
     * @return shape (frames, 80)
     */
    public float[][] of(PianoRoll roll, TimbrePath timbre, int frames, WindowStore store, String name, DoubleConsumer progress) {
        float[][] out = new float[frames][BANDS];
        for (int start = 0; start < frames; start += CORE) {
            int count = Math.min(CORE + FADE, frames - start);
            String key = name + "-" + start;
            float[] window = store.load(key, count * BANDS);
            if (window == null) {
                window = window(roll, timbre, start, count, frames);
                store.save(key, window);
            }
            blend(out, start, count, window);
            progress.accept((double) Math.min(frames, start + CORE) / frames);
        }
        return out;
    }

    /** The first rows are there already from the window before. */
    private static void blend(float[][] out, int start, int count, float[] window) {
        for (int i = 0; i < count; i++) {
            boolean fades = start > 0 && i < FADE;
            float share = fades ? (i + 1f) / (FADE + 1) : 1f;
            for (int band = 0; band < BANDS; band++) {
                float before = fades ? out[start + i][band] : 0f;
                out[start + i][band] = before + share * (window[i * BANDS + band] - before);
            }
        }
    }

    private float[] window(PianoRoll roll, TimbrePath timbre, int start, int count, int frames) {
        int from = Math.max(0, start - CONTEXT);
        int to = Math.min(frames, start + count + CONTEXT);
        float[] columns = new float[(to - from) * PianoRoll.ROWS];
        roll.write(from, to - from, columns, 0);
        float[] all;
        // A thread begins with gradients recorded, where PyTorch's LSTM takes other kernels, which round differently.
        boolean recorded = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        try (NDManager sub = manager.newSubManager()) {
            NDArray input = create(sub, columns, 1, to - from, PianoRoll.ROWS);
            NDArray predicted = block.forward(input, timbre(sub, timbre, from, to, frames));
            predicted.attach(sub);
            all = predicted.toFloatArray();
        } finally {
            JniUtils.setGradMode(recorded);
        }
        float[] window = new float[count * BANDS];
        for (int i = 0; i < window.length; i++) {
            window[i] = Math.max(MelSpectrum.FLOOR, all[(start - from) * BANDS + i]);
        }
        return window;
    }

    /**
     * In PyTorch's own memory. What it borrows from Java is aligned by chance, its kernels round differently with the alignment, and a
     * rendering that goes on in another process would not end in the same bytes.
     */
    private static NDArray create(NDManager manager, float[] values, long... shape) {
        try (NDArray borrowed = manager.create(values, new Shape(shape))) {
            return borrowed.duplicate();
        }
    }

    private static NDArray timbre(NDManager manager, TimbrePath timbre, int from, int to, int frames) {
        int size = timbre.from().length;
        if (timbre.isFixed()) {
            return create(manager, timbre.from(), 1, size);
        }
        float[] each = new float[(to - from) * size];
        for (int i = from; i < to; i++) {
            timbre.write((double) i / Math.max(1, frames - 1), each, (i - from) * size);
        }
        return create(manager, each, 1, to - from, size);
    }

    @Override
    public void close() {
        manager.close();
    }
}
