package org.chanterelle.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code evaluate}: one subcommand for each thing that a model does. */
@Command(name = "evaluate", description = "Measures how good a model is.", subcommands = {EvaluateTimbreCommand.class,
        EvaluateTransferCommand.class, EvaluatePictureCommand.class, EvaluateExpressionCommand.class, EvaluateSingCommand.class,
        EvaluateVocoderCommand.class, EvaluateVqVaeCommand.class, EvaluatePriorCommand.class, EvaluateArtistCommand.class,
        EvaluateMel2MelCommand.class, EvaluateNotesCommand.class})
final class EvaluateCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Shows this help.")
    private boolean help;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "expected what to evaluate: " + String.join(", ", spec.subcommands().keySet()));
    }
}
