package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.evaluate.conformance.Conformance;
import org.chanterelle.signal.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code conformance}: published test vectors through our classes. */
@Command(name = "conformance", description = "Runs the test vectors in DIR through the classes that the product runs and writes what comes out, to be compared with the published results.")
final class ConformanceCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Parameters(index = "0", paramLabel = "DIR", description = "Folder with index.json and a folder for each case.")
    private Path vectors;

    @Parameters(index = "1", paramLabel = "OUT", description = "Folder for the results, CASE/OUTPUT.npy; what is there is replaced.")
    private Path out;

    @Override
    public void run() {
        Conformance.Summary summary = Conformance.run(vectors, out);
        summary.failed().forEach(reporting::note);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("written", summary.written());
        object.put("unsupported", summary.unsupported());
        object.put("failed", summary.failed());
        reporting.tell(object, summary.written().size() + " cases written to " + out + ", " + summary.unsupported().size()
                + " of operations that are not here");
        if (!summary.failed().isEmpty()) {
            throw new UserError(1, summary.failed().size() + " cases could not be run, the first: " + summary.failed().getFirst(),
                    null);
        }
    }
}
