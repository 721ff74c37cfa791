package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.inference.RoomResponse;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.signal.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export-reverb}: a learned room as an impulse response. */
@Command(name = "export-reverb", description = "Writes a learned room as an impulse response, direct sound first: what a clap in it sounds like.")
final class ExportReverbCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model's name, or the path of its folder.")
    private String model;

    @Parameters(index = "1", paramLabel = "OUT.wav", description = "Output: WAV or FLAC, by its name.")
    private Path out;

    @Option(names = "--room", paramLabel = "NAME", description = "Which of its rooms (default: the first).")
    private String room;

    @Option(names = "--rate", paramLabel = "HZ", defaultValue = "0", description = "Sample rate (default: the model's).")
    private int rateHz;

    @Option(names = "--force", description = "Overwrites an existing file.")
    private boolean force;

    @Override
    public void run() {
        AudioWriter.checkExtension(out);
        OutputFile.check(out, force);
        ModelFolder folder = Home.model(model);
        int index = index(folder);
        int modelRateHz = folder.card().config().sampleRateHz();
        int rate = rateHz == 0 ? modelRateHz : rateHz;
        if (rate < 8_000 || rate > 192_000) {
            throw new UserError("--rate " + rate + ": expected 8000 to 192000 Hz.");
        }
        float[] impulse = RoomResponse.learned(folder.card().config(), folder.weights().get("reverb"), index)
                .at(modelRateHz, rate).impulse();
        AudioWriter.write(out, AudioClip.mono(impulse, rate), force);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("output", out.toString());
        object.put("model", folder.card().name());
        object.put("room", folder.card().rooms().get(index));
        object.put("sampleRateHz", rate);
        object.put("seconds", (double) impulse.length / rate);
        reporting.tell(object, out + ": room '" + folder.card().rooms().get(index) + "' at " + rate + " Hz");
    }

    private int index(ModelFolder folder) {
        if (folder.card().config().reverbTaps() == 0) {
            throw new UserError(folder.path() + ": this model has learned no room.");
        }
        int index = room == null ? 0 : folder.card().rooms().indexOf(room);
        if (index < 0) {
            throw new UserError(
                    "--room " + room + ": " + folder.card().name() + " has " + String.join(", ", folder.card().rooms()) + ".");
        }
        return index;
    }
}
