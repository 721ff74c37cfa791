package org.chanterelle.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train prior}: a transformer over the top level's codes. */
@Command(name = "prior", description = "Trains a prior (Jukebox) over the codes of prepared music. A run that was stopped goes on with the same command.")
final class TrainPriorCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Mixin
    private TrainingOptions training;

    @Mixin
    private PriorTrainingOptions options;

    @Option(names = "--lyrics", description = "Reads lyrics. With --from, layers for them are added to a trained prior, which they leave unchanged at first.")
    private boolean lyrics;

    @Override
    public void run() {
        options.train("prior", null, lyrics, training, reporting);
    }
}
