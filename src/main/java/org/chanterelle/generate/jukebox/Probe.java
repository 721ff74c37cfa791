package org.chanterelle.generate.jukebox;

import java.util.Arrays;
import org.chanterelle.model.jukebox.CodePrior;

/** Measures how fast a prior is. */
final class Probe {
    private static final int MOST_PRIMED = 256;
    private static final int MOST_DRAWN = 64;

    /** The first code of a process can take half a second alone. */
    private static final int LEAST_DRAWN = 16;
    private static final double SECONDS = 0.5;

    private final CodePrior prior;
    private final LevelSampler sampler;
    private final int samples;

    Probe(CodePrior prior, LevelSampler sampler, int samples) {
        this.prior = prior;
        this.sampler = sampler;
        this.samples = samples;
    }

    /** What is left of a level when {@code done} codes are there, not all: windows are begun and one timed. */
    Estimate.Level estimate(String name, Windows windows, int done) {
        int left = windows.total() - done;
        int primed = Math.min(MOST_PRIMED, windows.length() / 2);
        // The first window of a process takes longer than all others.
        open(windows).close();
        long start = System.nanoTime();
        try (CodePrior.Session session = open(windows)) {
            double perWindow = (System.nanoTime() - start) * 1e-9;
            double perPrimed = primed == 0 ? 0 : prime(session, primed) / primed;
            double perCode = draw(session, Math.min(MOST_DRAWN, windows.length() - primed));
            return new Estimate.Level(name, left, 1 / perCode,
                    left * perCode + windows.primed(done) * perPrimed + windows.left(done) * perWindow);
        }
    }

    private CodePrior.Session open(Windows windows) {
        return prior.open(sampler.conditions(0, windows.length(), samples, new int[samples][1]));
    }

    private double prime(CodePrior.Session session, int codes) {
        long start = System.nanoTime();
        session.prime(new int[samples][codes]);
        return (System.nanoTime() - start) * 1e-9;
    }

    /** Seconds a code: the median, since the first ones are not compiled yet. */
    private double draw(CodePrior.Session session, int codes) {
        float[][] logits = new float[samples][prior.codes()];
        int[] chosen = new int[samples];
        double[] times = new double[codes];
        double sum = 0;
        int count = 0;
        for (; count < codes && (count < LEAST_DRAWN || sum < SECONDS); count++) {
            Arrays.fill(chosen, count == 0 ? -1 : 0);
            long start = System.nanoTime();
            session.next(chosen, logits);
            times[count] = Math.max(1e-7, (System.nanoTime() - start) * 1e-9);
            sum += times[count];
        }
        Arrays.sort(times, 0, count);
        return times[count / 2];
    }
}
