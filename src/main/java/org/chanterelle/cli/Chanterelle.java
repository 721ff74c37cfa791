package org.chanterelle.cli;

import java.io.PrintWriter;
import org.chanterelle.signal.UserError;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program. Exit codes: 0; 1 it failed, with the reason; 2 the request cannot be met, with the remedy. */
@Command(name = "chanterelle", description = "Turns a voice into an instrument.", version = "Chanterelle 0.1.0", subcommands = {
        DemoCommand.class, TransferCommand.class,
        PlayCommand.class, RenderCommand.class, MorphCommand.class, FindTimbreCommand.class,
        CalibrateCommand.class,
        PrepareCommand.class,
        EncodeCommand.class, DecodeCommand.class, GenerateCommand.class,
        TrainCommand.class,
        ModelsCommand.class,
        PresetsCommand.class,
        DevicesCommand.class,
        ExportReverbCommand.class,
        EvaluateCommand.class,
        ConformanceCommand.class
})
public final class Chanterelle implements Runnable {
    private static final int FAILED = 1;
    private static final int CANNOT_BE_MET = 2;

    /** Set to see where an unexpected error comes from. */
    private static final String TRACE = "chanterelle.trace";

    @Spec
    private CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Shows this help.")
    private boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Shows the version.")
    private boolean version;

    /** Runs one command and exits. */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true);
        // A library that prints (jFLAC does on rare files) must not come between a command and its JSON.
        System.setOut(System.err);
        PrintWriter err = new PrintWriter(System.err, true);
        System.exit(run(out, err, arguments));
    }

    /** Runs one command; nothing it does ends the virtual machine. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = new CommandLine(new Chanterelle())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, args) -> misread(e))
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError e) {
            err.println(
                    "chanterelle: out of memory. Work on a shorter recording, or raise the heap: CHANTERELLE_JAVA_OPTS=-Xmx8g");
            return FAILED;
        } finally {
            out.flush();
            err.flush();
        }
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "expected a command: " + String.join(", ", spec.subcommands().keySet()));
    }

    private static int misread(ParameterException e) {
        CommandLine command = e.getCommandLine();
        command.getErr()
                .println(oneLine(e.getMessage()) + ". See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return CANNOT_BE_MET;
    }

    private static int failed(Exception e, CommandLine command) {
        if (e instanceof UserError error) {
            command.getErr().println(oneLine(error.getMessage()) + ".");
            return error.exitCode;
        }
        if (Boolean.getBoolean(TRACE)) {
            e.printStackTrace(command.getErr());
        }
        command.getErr()
                .println("unexpected: " + oneLine(e.toString())
                        + ". This is a fault of the program; please report it with the output of"
                        + " CHANTERELLE_JAVA_OPTS=-D" + TRACE + "=true");
        return FAILED;
    }

    private static String oneLine(String message) {
        return String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("[.\\s]+$", "");
    }
}
