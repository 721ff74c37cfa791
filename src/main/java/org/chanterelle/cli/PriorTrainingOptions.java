package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.model.jukebox.PriorConfig;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.jukebox.PriorTrainer;
import org.chanterelle.train.jukebox.PriorTrainingConfig;
import picocli.CommandLine.Option;

/** What {@code train prior} and {@code train upsampler} have in common. */
final class PriorTrainingOptions {
    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Folder made by 'prepare music'; its recordings' codes are kept in it.")
    private Path data;

    @Option(names = "--out", paramLabel = "MODEL", required = true, description = "Model folder to make.")
    private Path out;

    @Option(names = "--codes", paramLabel = "VQVAE", required = true, description = "Level whose codes are modelled: a model's name or folder.")
    private String codes;

    @Option(names = "--from", paramLabel = "MODEL", description = "Model to begin with.")
    private String from;

    @Option(names = "--config", paramLabel = "JSON", description = "Settings; what it does not name has its default.")
    private Path config;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "0", description = "Steps in all.")
    private long steps;

    @Option(names = "--minutes", paramLabel = "N", defaultValue = "0", description = "Time to spend, over all runs.")
    private double minutes;

    @Option(names = "--device", paramLabel = "cpu|cuda", defaultValue = "cpu", description = "Where (default: ${DEFAULT-VALUE}).")
    private String device;

    @Option(names = "--seed", paramLabel = "N", description = "Instead of the settings' seed.")
    private Long seed;

    /** Trains. {@code upper} is null for a prior. */
    void train(String what, String upper, boolean lyrics, Reporting reporting) {
        if (!device.equals("cpu") && !device.equals("cuda")) {
            throw new UserError("--device " + device + ": expected cpu or cuda.");
        }
        PriorTrainingConfig settings = (config == null ? PriorTrainingConfig.defaults() : PriorTrainingConfig.read(config)).with(
                seed);
        PriorTrainer.Request request = new PriorTrainer.Request(data, out, settings, Home.folder(codes),
                upper == null ? null : Home.folder(upper), from == null ? null : Home.folder(from), lyrics, steps, minutes,
                device.equals("cuda"), typed(what, upper, lyrics));
        PriorTrainer.Result result;
        try (ProgressBar bar = reporting.progress("train")) {
            result = new PriorTrainer(request, new Listener(bar, reporting)).run();
        }
        reporting.tell(describe(result), String.format(Locale.ROOT,
                "%s: %d steps in %.1f minutes (%.3f s a step), %.3f bits a code of held-out music at step %d", out,
                result.steps(),
                result.minutes(), result.secondsPerStep(), result.bestBits(), result.bestStep()));
    }

    /** The command that makes the same model again. */
    private String typed(String what, String upper, boolean lyrics) {
        StringBuilder typed = new StringBuilder(
                "chanterelle train " + what + " --data " + data + " --codes " + codes + (upper == null ? "" : " --upper " + upper)
                        + " --out " + out);
        typed.append(from == null ? "" : " --from " + from).append(lyrics ? " --lyrics" : "");
        typed.append(config == null ? "" : " --config " + config);
        typed.append(steps > 0 ? " --steps " + steps : " --minutes " + minutes);
        typed.append(seed == null ? "" : " --seed " + seed);
        return typed.append(device.equals("cpu") ? "" : " --device " + device).toString();
    }

    private Map<String, Object> describe(PriorTrainer.Result result) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", out.toString());
        object.put("steps", result.steps());
        object.put("minutes", result.minutes());
        object.put("bestBits", result.bestBits());
        object.put("bestStep", result.bestStep());
        object.put("secondsPerStep", result.secondsPerStep());
        object.put("skippedSteps", result.skippedSteps());
        return object;
    }

    /** Shows how it goes. */
    private record Listener(ProgressBar bar, Reporting reporting) implements PriorTrainer.Listener {
        @Override
        public void reading(double share, String name) {
            bar.show(share, Double.NaN, "codes of " + name);
        }

        @Override
        public void loaded(long trainCodes, long validCodes, PriorConfig network, long resumedAtStep) {
            bar.close();
            reporting.note(String.format(Locale.ROOT,
                    "%,d codes to train on (%.1f minutes), %,d to judge by; %d artists, %d genres; %,d parameters%s", trainCodes,
                    trainCodes / network.codeRateHz() / 60, validCodes, network.artists().size() - 1,
                    network.genres().size() - 1, network.parameterCount(),
                    resumedAtStep > 0 ? "; going on from step " + resumedAtStep : ""));
        }

        @Override
        public void step(long step, double bits, double share, double secondsLeft) {
            bar.show(share, secondsLeft, String.format(Locale.ROOT, "step %d, %.3f bits a code", step, bits));
        }

        @Override
        public void checkpoint(LossPoint point, boolean best) {
            bar.close();
            reporting.note(String.format(Locale.ROOT, "step %d, %.1f min: %.3f bits a code, validation %.3f%s", point.step(),
                    point.minutes(), point.trainLoss(), point.validLoss(), best ? ", the best so far" : ""));
        }
    }
}
