package org.chanterelle.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code prepare}: one subcommand for each kind of training data. */
@Command(name = "prepare", description = "Makes training data.", subcommands = {PrepareNotesCommand.class,
        PrepareScoresCommand.class, PrepareMusicCommand.class})
final class PrepareCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Shows this help.")
    private boolean help;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "expected what to prepare: " + String.join(", ", spec.subcommands().keySet()));
    }
}
