package org.chanterelle.generate.jukebox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.model.jukebox.CodePrior;
import org.chanterelle.model.jukebox.PriorConfig;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.signal.UserError;

/**
 * Jukebox's sampling: the top level's codes first (or those of a file), then those of each level below under them, down to the bottom,
 * whose sound is the result. After every window the codes so far are in the job folder, and the same request goes on from there to the
 * same bytes. One thread.
 */
public final class Generation {
    /** A level's sound so far is made anew when so much more of it is there. */
    private static final double LISTEN_SECONDS = 5;

    private static final int BYTES_PER_SAMPLE = 3;

    private final JukeboxModels models;
    private final GenerationRequest request;
    private final JobFolder job;
    private final Priors priors;
    private final Coding coding;
    private final GivenCodes given;

    /** Told how far a level is. */
    @FunctionalInterface
    public interface Watch {
        /** So many of a level's codes are drawn. */
        void drawn(String level, int codes, int total);
    }

    /**
     * @param priors of the levels, one loaded at a time
     * @param job opened for this request
     */
    public Generation(JukeboxModels models, GenerationRequest request, JobFolder job, Priors priors,
            Coding coding) {
        this.models = models;
        this.request = request;
        this.job = job;
        this.priors = priors;
        this.coding = coding;
        given = new GivenCodes(models, request);
    }

    /** Throws UserError unless the models know what is asked for, and the recording or codes that are given fit. */
    public void check() {
        int first = given.firstLevel();
        request.check(models.priors().get(first).card().name(), models.priors().get(first).config());
        boolean read = models.priors().subList(0, first + 1).stream().anyMatch(prior -> prior.config().lyrics() != null);
        if (!request.lyrics().isEmpty() && !read) {
            throw new UserError("--lyrics: " + models.priors().get(first).card().name()
                    + " reads no lyrics. Leave them out or choose a preset whose prior does");
        }
        given.topCodes();
    }

    private Windows windows(int level) {
        int total = (int) (request.frames() / models.hop(level));
        return Windows.published(level, total, models.priors().get(level).config().context(), models.ratio(level));
    }

    private int done(int level) {
        int primed = given.topCodes() * (models.hop(models.levels() - 1) / models.hop(level));
        return Math.max(primed, job.done(models.name(level), models.autoencoders().get(level), request.samples()));
    }

    /**
     * Measures what the rest will take: every level's prior draws a few codes.
     *
     * @param memory bytes that there are: a prior that does not fit is not loaded
     */
    public Estimate estimate(long memory) {
        List<Estimate.Level> levels = new ArrayList<>();
        long codes = 0;
        long largest = 0;
        for (int level = given.firstLevel(); level >= 0; level--) {
            Windows windows = windows(level);
            codes += 4L * request.samples() * windows.total();
            int done = done(level);
            if (done < windows.total()) {
                PriorConfig config = models.priors().get(level).config();
                long bytes = codes + 8 * config.parameterCount();
                new Estimate(levels, bytes, 0).check(memory, Long.MAX_VALUE);
                CodePrior prior = priors.load(level);
                try {
                    bytes += prior.sessionBytes(request.samples());
                    largest = Math.max(largest, bytes);
                    new Estimate(levels, bytes, 0).check(memory, Long.MAX_VALUE);
                    levels.add(new Probe(prior, new LevelSampler(prior, config, request, windows), request.samples())
                            .estimate(models.name(level), windows, done));
                } finally {
                    priors.release(prior);
                }
            }
        }
        return new Estimate(levels, largest, diskBytes(codes));
    }

    /** Sound of every level that is drawn and of the result, and one more while a file is replaced. */
    private long diskBytes(long codeBytes) {
        return codeBytes + (given.firstLevel() + 3L) * request.samples() * request.frames() * BYTES_PER_SAMPLE;
    }

    /**
     * Draws what is missing and writes the results.
     *
     * @param outs a file for each sample: WAV or FLAC
     * @param force replaces files that are there
     */
    public void run(List<Path> outs, boolean force, Watch watch) {
        int first = given.firstLevel();
        int[] file = given.upsampled();
        int[][] upper = file == null ? null : java.util.Collections.nCopies(request.samples(), file).toArray(int[][]::new);
        for (int level = first; level >= 0; level--) {
            upper = level(level, upper, watch);
        }
        boolean own = job.isFinishing();
        job.beginFinishing();
        for (int sample = 0; sample < outs.size(); sample++) {
            finish(sample, outs.get(sample), force || own);
        }
        job.endFinishing();
    }

    private void finish(int sample, Path out, boolean force) {
        Path result = job.result(out);
        coding.decode(job.codes(models.name(0), sample), result, models.autoencoders().getFirst(), true);
        OutputFile.check(out, force);
        try {
            OutputFile.complete(result, out);
        } catch (IOException e) {
            throw new UserError(1, out + ": writing failed: " + e.getMessage() + ". The result lies in " + result, e);
        }
        JobFolder.delete(job.sound(models.name(0), sample));
    }

    private int[][] level(int level, int[][] upper, Watch watch) {
        String name = models.name(level);
        VqVaeFolder model = models.autoencoders().get(level);
        Windows windows = windows(level);
        int[][] codes = new int[request.samples()][windows.total()];
        int done = job.done(name, model, request.samples());
        job.load(name, codes, done);
        int[] primed = given.primed(level, job.path().resolve("prime-" + name + ".codes"), coding);
        if (primed.length > done) {
            for (int[] row : codes) {
                System.arraycopy(primed, 0, row, 0, primed.length);
            }
            done = primed.length;
        }
        if (done < windows.total()) {
            CodePrior prior = priors.load(level);
            try {
                new LevelSampler(prior, models.priors().get(level).config(), request, windows)
                        .run(codes, done, upper, new Checkpoint(level, codes, windows.total(), done, watch));
            } finally {
                priors.release(prior);
            }
        } else if (level > 0 && !Files.exists(job.sound(name, request.samples() - 1))) {
            listen(level);
        }
        return codes;
    }

    private void listen(int level) {
        String name = models.name(level);
        for (int sample = 0; sample < request.samples(); sample++) {
            coding.decode(job.codes(name, sample), job.sound(name, sample), models.autoencoders().get(level), true);
        }
    }

    /** Keeps the codes after every window, and their sound now and then. */
    private final class Checkpoint implements LevelSampler.Watch {
        private final int level;
        private final int[][] codes;
        private final int total;
        private final Watch watch;
        private int heard;

        Checkpoint(int level, int[][] codes, int total, int heard, Watch watch) {
            this.level = level;
            this.codes = codes;
            this.total = total;
            this.heard = heard;
            this.watch = watch;
        }

        @Override
        public void drawn(int done) {
            watch.drawn(models.name(level), done, total);
        }

        @Override
        public void windowDone(int done) {
            job.save(models.name(level), models.autoencoders().get(level), codes, done);
            double fresh = (double) (done - heard) * models.hop(level) / models.sampleRateHz();
            boolean last = done == total;
            if (last ? level > 0 : fresh >= LISTEN_SECONDS && done - heard >= heard / 4) {
                listen(level);
                heard = done;
            }
        }
    }
}
