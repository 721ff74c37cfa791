package org.chanterelle.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train upsampler}: a transformer over a level's codes, given those of the level above. */
@Command(name = "upsampler", description = "Trains an upsampler (Jukebox): a level's codes, given those of the level above. A run that was stopped goes on with the same command.")
final class TrainUpsamplerCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Mixin
    private TrainingOptions training;

    @Mixin
    private PriorTrainingOptions options;

    @Option(names = "--upper", paramLabel = "VQVAE", required = true, description = "The level above: a model's name or folder.")
    private String upper;

    @Override
    public void run() {
        options.train("upsampler", upper, false, training, reporting);
    }
}
