package org.chanterelle.generate.jukebox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chanterelle.model.jukebox.CodeCondition;
import org.chanterelle.model.jukebox.CodePrior;
import org.chanterelle.model.jukebox.PriorConfig;

/** Draws the codes of one level, of all samples at once, window after window. One thread. */
final class LevelSampler {
    private final CodePrior prior;
    private final PriorConfig config;
    private final GenerationRequest request;
    private final Windows windows;
    private final Draws draws;
    private final double[] probabilities;

    /** Told how far it is. */
    interface Watch {
        /** One more code of each sample is drawn. */
        void drawn(int codes);

        /** A window is full: so many codes are there and will not change. */
        void windowDone(int codes);
    }

    LevelSampler(CodePrior prior, PriorConfig config, GenerationRequest request, Windows windows) {
        this.prior = prior;
        this.config = config;
        this.request = request;
        this.windows = windows;
        draws = new Draws(request.seed());
        probabilities = new double[prior.codes()];
    }

    /**
     * Draws all that is missing.
     *
     * @param codes of shape (samples, windows.total), filled
     * @param given how many of each sample are there already
     * @param upper codes of the level above, of the same length in time; unused for the top level
     */
    void run(int[][] codes, int given, int[][] upper, Watch watch) {
        int done = given;
        for (int start : windows.starts()) {
            int end = start + windows.length();
            if (end > done) {
                try (CodePrior.Session session = prior.open(conditions(start, end, codes.length, upper))) {
                    draw(session, codes, start, done, end, watch);
                }
                done = end;
                watch.windowDone(done);
            }
        }
    }

    private void draw(CodePrior.Session session, int[][] codes, int start, int done, int end, Watch watch) {
        int samples = codes.length;
        if (done > start) {
            session.prime(Arrays.stream(codes).map(row -> Arrays.copyOfRange(row, start, done)).toArray(int[][]::new));
        }
        float[][] logits = new float[samples][prior.codes()];
        int[] chosen = new int[samples];
        Arrays.fill(chosen, -1);
        for (int at = done; at < end; at++) {
            session.next(chosen, logits);
            for (int sample = 0; sample < samples; sample++) {
                double draw = draws.uniform(config.level(), sample, at);
                chosen[sample] = request.filterOf(config).choose(logits[sample], draw, probabilities);
                codes[sample][at] = chosen[sample];
            }
            watch.drawn(at + 1);
        }
    }

    /** What each sample's window is told. */
    List<CodeCondition> conditions(int start, int end, int samples, int[][] upper) {
        long startFrame = (long) start * config.hop();
        int[] lyrics = request.lyricsOf(config, startFrame, (long) end * config.hop());
        List<CodeCondition> conditions = new ArrayList<>();
        for (int sample = 0; sample < samples; sample++) {
            int[] above = config.upper() == null ? new int[0] : above(upper[sample], start / config.upper().ratio());
            conditions.add(new CodeCondition(request.artistOf(config), request.genresOf(config), request.totalFrames(),
                    startFrame, lyrics, above));
        }
        return conditions;
    }

    /** A whole context's codes of the level above, 0 beyond the end of the piece. */
    private int[] above(int[] upper, int first) {
        return Arrays.copyOfRange(upper, first, first + config.upperContext());
    }
}
