package org.chanterelle.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code train}: one subcommand for each family of models. */
@Command(name = "train", description = "Trains a model.", subcommands = {TrainTimbreCommand.class, TrainSingCommand.class,
        TrainExpressionCommand.class, TrainMel2MelCommand.class, TrainVocoderCommand.class, TrainVqVaeCommand.class,
        TrainPriorCommand.class,
        TrainUpsamplerCommand.class})
final class TrainCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Shows this help.")
    private boolean help;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "expected what to train: " + String.join(", ", spec.subcommands().keySet()));
    }
}
