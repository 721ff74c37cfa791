package org.chanterelle.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.PrintWriter;
import java.util.Map;
import org.chanterelle.live.LiveSession;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command has: {@code --help}, {@code --json}, and where to write. */
final class Reporting {
    /** Numbers that are not finite have no place in JSON and are written as null. */
    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .serializeNulls()
            .setPrettyPrinting()
            .registerTypeAdapter(Double.class, new FiniteNumbers())
            .create();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Shows this help.")
    private boolean help;

    @Option(names = "--json", description = "Tells the result as one JSON object.")
    private boolean json;

    /** Whether {@code --json} was given. */
    boolean isJson() {
        return json;
    }

    /** Tells the result: the object with {@code --json}, else the text. */
    void tell(Map<String, ?> object, String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? toJson(object) : text.stripTrailing());
        out.flush();
    }

    /** Tells what the user should know but did not ask for. */
    void note(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    /** A bar for long work; close it before anything else is told. */
    ProgressBar progress(String work) {
        return new ProgressBar(work, spec.commandLine().getErr(), Terminal.isErrorOutput());
    }

    /** Levels of a session while it plays. */
    Meter meter(LiveSession session) {
        return new Meter(session, spec.commandLine().getErr(), Terminal.isErrorOutput());
    }

    /** The object as JSON. */
    static String toJson(Map<String, ?> object) {
        return GSON.toJson(object);
    }
}
