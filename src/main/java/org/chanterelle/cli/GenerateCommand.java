package org.chanterelle.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.generate.jukebox.Coding;
import org.chanterelle.generate.jukebox.Estimate;
import org.chanterelle.generate.jukebox.Generation;
import org.chanterelle.generate.jukebox.GenerationRequest;
import org.chanterelle.generate.jukebox.JobFolder;
import org.chanterelle.generate.jukebox.JukeboxModels;
import org.chanterelle.generate.jukebox.Priors;
import org.chanterelle.generate.jukebox.RequestText;
import org.chanterelle.preset.Preset;
import org.chanterelle.signal.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code generate}: Jukebox's sampling. */
@Command(name = "generate", description = "Makes music with a Jukebox preset. Codes and sound of each level appear in OUT.job as they come; a run that was stopped goes on with the same command.")
final class GenerateCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Mixin
    private GenerateOptions options;

    @Parameters(index = "0", paramLabel = "OUT", description = "Output: WAV or FLAC, by its name.")
    private Path out;

    @Option(names = {"--model",
            "--preset"}, paramLabel = "NAME", defaultValue = "jukebox", description = "A Jukebox preset's name or file (default: ${DEFAULT-VALUE}); see 'chanterelle presets'.")
    private String name;

    @Option(names = "--force", description = "Overwrites existing files, and the unfinished work of another request.")
    private boolean force;

    @Override
    public void run() {
        AudioWriter.checkExtension(out);
        Preset.JukeboxChoice choice = choice();
        JukeboxModels models = JukeboxModels.load(choice.autoencoders().stream().map(Home::folder).toList(),
                choice.priors().stream().map(Home::folder).toList());
        GenerationRequest request = options.request(models, choice);
        List<Path> outs = outs();
        try (JobFolder job = new JobFolder(out)) {
            outs.forEach(file -> OutputFile.check(file, force || job.isFinishing()));
            Generation generation = new Generation(models, request, job, Priors.of(models), Coding.AUTOENCODERS);
            generation.check();
            boolean fresh = job.open(RequestText.of(models, request), force);
            Estimate estimate = estimate(generation, job, fresh);
            long start = System.nanoTime();
            try (GenerationBars bars = new GenerationBars(reporting, estimate)) {
                generation.run(outs, force, bars);
            }
            tell(models, request, outs, job, (System.nanoTime() - start) * 1e-9);
        }
    }

    private Preset.JukeboxChoice choice() {
        Preset preset = Home.presets().load(name);
        if (preset.jukebox() == null) {
            List<String> jukebox = Home.presets().names().stream().filter(other -> other.startsWith("jukebox")).toList();
            throw new UserError("--model " + name + ": not a Jukebox preset; "
                    + (jukebox.isEmpty()
                            ? "there are none: 'chanterelle presets make' makes them"
                            : "there are " + String.join(", ", jukebox)));
        }
        return preset.jukebox();
    }

    private List<Path> outs() {
        if (options.samples() == 1) {
            return List.of(out);
        }
        String file = out.getFileName().toString();
        int dot = file.lastIndexOf('.');
        return IntStream.rangeClosed(1, options.samples())
                .mapToObj(sample -> out.resolveSibling(file.substring(0, dot) + "-" + sample + file.substring(dot))).toList();
    }

    /** What was refused leaves nothing. */
    private Estimate estimate(Generation generation, JobFolder job, boolean fresh) {
        try {
            long memory = Runtime.getRuntime().maxMemory();
            Estimate estimate = generation.estimate(memory);
            estimate.check(memory, Files.getFileStore(job.path()).getUsableSpace());
            reporting.note(estimate.toString());
            return estimate;
        } catch (UserError e) {
            if (fresh) {
                job.discard();
            }
            throw new UserError(e.exitCode, e.getMessage().startsWith("needs") ? out + ": " + e.getMessage() : e.getMessage(), e);
        } catch (IOException e) {
            throw new UserError(out + ": the free space cannot be told: " + e.getMessage() + ". Write elsewhere", e);
        }
    }

    private void tell(JukeboxModels models, GenerationRequest request, List<Path> outs, JobFolder job, double took) {
        double seconds = (double) request.frames() / models.sampleRateHz();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("outputs", outs.stream().map(Path::toString).toList());
        object.put("model", name);
        object.put("job", job.path().toString());
        object.put("seconds", seconds);
        object.put("sampleRateHz", models.sampleRateHz());
        object.put("artist", request.artist());
        object.put("genres", request.genres());
        object.put("seed", request.seed());
        object.put("tookSeconds", took);
        reporting.tell(object, String.format(Locale.ROOT, "%s: %.2f s by %s in %.0f s; codes and sound of every level in %s",
                String.join(", ", outs.stream().map(Path::toString).toList()), seconds, name, took, job.path()));
    }
}
