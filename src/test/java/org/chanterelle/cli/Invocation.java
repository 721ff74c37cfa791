package org.chanterelle.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What one command told and how it ended. */
record Invocation(int exitCode, String out, String err) {
    static Invocation of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Chanterelle.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Invocation(exitCode, out.toString(), err.toString());
    }
}
