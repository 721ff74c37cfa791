package org.chanterelle.evaluate.jukebox;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.BinaryOperator;
import java.util.function.DoubleConsumer;
import org.chanterelle.model.jukebox.CodeCondition;
import org.chanterelle.model.jukebox.PriorConfig;
import org.chanterelle.model.jukebox.PriorFolder;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.train.Parameters;
import org.chanterelle.train.jukebox.CodeWindows;
import org.chanterelle.train.jukebox.CodedMusic;
import org.chanterelle.train.jukebox.PriorStep;
import org.chanterelle.train.music.MusicFolder;
import org.chanterelle.train.notes.NoteSet;

/** How well a prior or an upsampler foresees held-out codes, and what each condition is worth to it. One thread. */
public final class EvaluatePrior {
    private static final int BATCH = 4;

    private final MusicFolder music;
    private final int most;
    private final DoubleConsumer progress;

    /**
     * What came out; bits are means over all codes.
     *
     * @param windows held-out ones
     * @param codes in them
     * @param bits of the model
     * @param unigram of each code for itself
     * @param bigram of each code from the one before
     * @param uniform of codes that are all alike
     * @param shuffles what each condition is worth
     */
    public record Report(int windows, long codes, double bits, double unigram, double bigram, double uniform,
            List<Shuffle> shuffles) {}

    /** On at most so many held-out windows of a prepared folder; hears the share that is done. */
    public EvaluatePrior(MusicFolder music, int most, DoubleConsumer progress) {
        this.music = music;
        this.most = most;
        this.progress = progress;
    }

    /** One kind of condition: whose windows differ in it, and how another's is taken over. */
    private record Kind(String name, BiPredicate<CodeCondition, CodeCondition> differ, BinaryOperator<CodeCondition> take) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("artist", (a, b) -> a.artist() != b.artist(),
                    (a, b) -> new CodeCondition(b.artist(), a.genres(), a.totalFrames(), a.startFrame(), a.lyrics(),
                            a.upperCodes())),
            new Kind("genre", (a, b) -> !Arrays.equals(a.genres(), b.genres()),
                    (a, b) -> new CodeCondition(a.artist(), b.genres(), a.totalFrames(), a.startFrame(), a.lyrics(),
                            a.upperCodes())),
            new Kind("timing", (a, b) -> a.totalFrames() != b.totalFrames() || a.startFrame() != b.startFrame(),
                    (a, b) -> new CodeCondition(a.artist(), a.genres(), b.totalFrames(), b.startFrame(), a.lyrics(),
                            a.upperCodes())),
            new Kind("lyrics", (a, b) -> isSung(a) && isSung(b) && !Arrays.equals(a.lyrics(), b.lyrics()),
                    (a, b) -> a.withLyrics(b.lyrics())),
            new Kind("level above", (a, b) -> !Arrays.equals(a.upperCodes(), b.upperCodes()),
                    (a, b) -> a.withUpperCodes(b.upperCodes())));

    private static boolean isSung(CodeCondition condition) {
        return Arrays.stream(condition.lyrics()).anyMatch(character -> character > 0);
    }

    /**
     * Measures.
     *
     * @param own autoencoder whose codes the model foresees
     * @param upper that of the level above; null for a prior
     */
    public Report run(PriorFolder model, VqVaeFolder own, VqVaeFolder upper) {
        PriorConfig config = model.card().config();
        model.checkCodesOf(own);
        if (upper != null) {
            model.checkUpperCodesOf(upper);
        }
        CodedMusic.Labels labels = new CodedMusic.Labels(config.artists(), config.genres());
        CodedMusic coded = CodedMusic.read(music, labels, own, upper, List.of(NoteSet.TRAIN, NoteSet.VALID), (share, name) -> {});
        List<CodeWindows.Batch> batches = new CodeWindows(config).spread(coded.valid(), most, BATCH);
        CodeCounts counts = new CodeCounts(coded.train(), config.codes());
        double places = batches.stream().mapToDouble(CodeWindows.Batch::places).sum();
        List<Shuffle> shuffles = new ArrayList<>();
        double bits = 0;
        try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            Judge judge = new Judge(new PriorStep(manager, config), Parameters.of(model.weights()), batches);
            double[] own1 = judge.bits(judge.conditions);
            bits = Arrays.stream(own1).sum();
            for (int kind = 0; kind < KINDS.size(); kind++) {
                progress.accept((kind + 1.0) / (KINDS.size() + 1));
                Shuffle shuffle = judge.shuffle(KINDS.get(kind), own1);
                if (shuffle != null) {
                    shuffles.add(shuffle);
                }
            }
        }
        int windows = batches.stream().mapToInt(batch -> batch.codes().length).sum();
        return new Report(windows, (long) places, bits / places, counts.unigramBits(batches) / places,
                counts.bigramBits(batches) / places, Math.log(config.codes()) / Math.log(2), shuffles);
    }

    /** Bits of the same windows under several conditions. */
    private static final class Judge {
        private final PriorStep step;
        private final Parameters weights;
        private final List<CodeWindows.Batch> batches;
        private final List<CodeCondition> conditions = new ArrayList<>();
        private final List<Double> lengths = new ArrayList<>();

        Judge(PriorStep step, Parameters weights, List<CodeWindows.Batch> batches) {
            this.step = step;
            this.weights = weights;
            this.batches = batches;
            for (CodeWindows.Batch batch : batches) {
                conditions.addAll(batch.conditions());
                int context = batch.codes()[0].length;
                for (int item = 0; item < batch.codes().length; item++) {
                    double length = 0;
                    for (int i = 0; i < context; i++) {
                        length += batch.counted()[item * context + i];
                    }
                    lengths.add(length);
                }
            }
        }

        double[] bits(List<CodeCondition> under) {
            double[] all = new double[under.size()];
            int at = 0;
            for (CodeWindows.Batch batch : batches) {
                int count = batch.codes().length;
                double[] some = step.bits(weights, batch, under.subList(at, at + count));
                System.arraycopy(some, 0, all, at, count);
                at += count;
            }
            return all;
        }

        /** Null where no window has another that differs. */
        Shuffle shuffle(Kind kind, double[] own) {
            List<CodeCondition> others = new ArrayList<>();
            boolean[] changed = new boolean[own.length];
            for (int i = 0; i < own.length; i++) {
                CodeCondition mine = conditions.get(i);
                CodeCondition other = null;
                // From half-way on, so that few windows get one of the same piece.
                for (int k = 0; k < own.length && other == null; k++) {
                    CodeCondition candidate = conditions.get((i + own.length / 2 + k) % own.length);
                    other = kind.differ.test(mine, candidate) ? candidate : null;
                }
                changed[i] = other != null;
                others.add(other == null ? mine : kind.take.apply(mine, other));
            }
            int count = 0;
            for (boolean one : changed) {
                count += one ? 1 : 0;
            }
            if (count == 0) {
                return null;
            }
            double[] shuffled = bits(others);
            double[] differences = new double[count];
            int to = 0;
            for (int i = 0; i < own.length; i++) {
                if (changed[i]) {
                    differences[to++] = (shuffled[i] - own[i]) / lengths.get(i);
                }
            }
            return Shuffle.of(kind.name, differences);
        }
    }
}
