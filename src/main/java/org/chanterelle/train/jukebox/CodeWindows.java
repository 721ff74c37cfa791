package org.chanterelle.train.jukebox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.chanterelle.model.jukebox.CodeCondition;
import org.chanterelle.model.jukebox.Lyrics;
import org.chanterelle.model.jukebox.PriorConfig;

/** Windows of a context out of pieces. A piece that is shorter is followed by code 0, which does not count. */
public final class CodeWindows {
    private static final int[] UNKNOWN = {0};

    private final PriorConfig config;

    /** For a model of this size. */
    public CodeWindows(PriorConfig config) {
        this.config = config;
    }

    /**
     * Several windows.
     *
     * @param codes a context for each
     * @param conditions what they sound like
     * @param counted 1 for each place that is a piece's own, else 0; window after window
     * @param pieces where they come from
     */
    public record Batch(int[][] codes, List<CodeCondition> conditions, float[] counted, List<CodedPiece> pieces) {
        /** Places that count. */
        public double places() {
            double sum = 0;
            for (float one : counted) {
                sum += one;
            }
            return sum;
        }
    }

    /** Windows drawn by chance, longer pieces more often; labels are sometimes withheld so that the model knows "unknown" too. */
    Batch draw(List<CodedPiece> pieces, int count, double unknownShare, SplittableRandom random) {
        long total = CodedMusic.count(pieces);
        List<CodedPiece> chosen = new ArrayList<>();
        int[] starts = new int[count];
        boolean[] unknown = new boolean[count];
        for (int i = 0; i < count; i++) {
            long at = random.nextLong(total);
            int which = 0;
            while (at >= pieces.get(which).codes().length) {
                at -= pieces.get(which++).codes().length;
            }
            chosen.add(pieces.get(which));
            starts[i] = aligned(random.nextInt(Math.max(1, pieces.get(which).codes().length - config.context() + ratio())));
            unknown[i] = random.nextDouble() < unknownShare;
        }
        return batch(chosen, starts, unknown);
    }

    /** Windows spread evenly over pieces; at most {@code most}, none overlapping another. */
    public List<Batch> spread(List<CodedPiece> pieces, int most, int batch) {
        long total = pieces.stream().mapToLong(this::windows).sum();
        int count = (int) Math.min(most, total);
        List<CodedPiece> chosen = new ArrayList<>();
        int[] starts = new int[count];
        for (int i = 0; i < count; i++) {
            long place = i * total / count;
            int which = 0;
            while (place >= windows(pieces.get(which))) {
                place -= windows(pieces.get(which++));
            }
            chosen.add(pieces.get(which));
            starts[i] = aligned((int) place * config.context());
        }
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < count; from += batch) {
            int to = Math.min(count, from + batch);
            batches.add(batch(chosen.subList(from, to), Arrays.copyOfRange(starts, from, to), new boolean[to - from]));
        }
        return batches;
    }

    private int windows(CodedPiece piece) {
        return Math.max(1, piece.codes().length / config.context());
    }

    private int ratio() {
        return config.upper() == null ? 1 : config.upper().ratio();
    }

    private int aligned(int start) {
        return start / ratio() * ratio();
    }

    private Batch batch(List<CodedPiece> pieces, int[] starts, boolean[] unknown) {
        int context = config.context();
        int[][] codes = new int[pieces.size()][];
        float[] counted = new float[pieces.size() * context];
        List<CodeCondition> conditions = new ArrayList<>();
        for (int i = 0; i < codes.length; i++) {
            CodedPiece piece = pieces.get(i);
            codes[i] = part(piece.codes(), starts[i], context);
            Arrays.fill(counted, i * context, i * context + Math.min(context, piece.codes().length - starts[i]), 1f);
            conditions.add(condition(piece, starts[i], unknown[i]));
        }
        return new Batch(codes, conditions, counted, List.copyOf(pieces));
    }

    private static int[] part(int[] codes, int from, int length) {
        int first = Math.min(from, codes.length);
        return Arrays.copyOf(Arrays.copyOfRange(codes, first, Math.min(codes.length, first + length)), length);
    }

    private CodeCondition condition(CodedPiece piece, int start, boolean unknown) {
        long frames = (long) start * config.hop();
        int[] upper = config.upper() == null ? new int[0] : part(piece.upperCodes(), start / ratio(), config.upperContext());
        int[] lyrics = new int[0];
        if (config.lyrics() != null) {
            double end = frames + (double) config.context() * config.hop();
            lyrics = Lyrics.window(piece.lyrics(), config.lyrics().characters(), (double) frames / piece.frames(),
                    Math.min(1, end / piece.frames()));
        }
        return new CodeCondition(unknown ? 0 : piece.artist(), unknown ? UNKNOWN : piece.genres(),
                Math.max(1, piece.totalFrames()), piece.startFrame() + frames, lyrics, upper);
    }
}
