package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.analysis.Timing;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.audiofile.MidiFile;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.inference.ComputeDevice;
import org.chanterelle.signal.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code render}: a MIDI file through a preset. */
@Command(name = "render", description = "Plays a MIDI file through a preset, as fast as possible, into an audio file.")
final class RenderCommand implements Runnable {
    private static final int BLOCK_FRAMES = 128;

    @Mixin
    private Reporting reporting;

    @Mixin
    private PresetOption preset;

    @Parameters(index = "0", paramLabel = "IN.mid", description = "Standard MIDI File.")
    private Path in;

    @Parameters(index = "1", paramLabel = "OUT", description = "Output: WAV or FLAC, by its name.")
    private Path out;

    @Option(names = "--rate", paramLabel = "HZ", defaultValue = "48000", description = "Sample rate (default: ${DEFAULT-VALUE}).")
    private int rateHz;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of noise and phases (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--force", description = "Overwrites existing files.")
    private boolean force;

    @Override
    public void run() {
        AudioWriter.checkExtension(out);
        OutputFile.check(out, force);
        Rates.check("--rate", rateHz);
        if (!MidiFile.isMidi(in)) {
            MidiFile.read(in);
            throw new UserError(in + ": not a Standard MIDI File. For a recording use transfer, or play --driver file.");
        }
        long start = System.nanoTime();
        FilePlay.Result result = FilePlay.play(
                new FilePlay.Request(preset.load(), BLOCK_FRAMES, Timing.RECORD, false, seed, ComputeDevice.CPU), in, rateHz,
                Home::model);
        AudioWriter.write(out, result.audio(), force);
        double seconds = (System.nanoTime() - start) * 1e-9;
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("input", in.toString());
        object.put("output", out.toString());
        object.put("preset", preset.name());
        object.put("seconds", result.audio().seconds());
        object.put("timesRealTime", result.audio().seconds() / seconds);
        reporting.tell(object, String.format(
                Locale.ROOT, "%s: %.2f s of %s, %.1f x real time", out, result.audio().seconds(), preset.name(),
                result.audio().seconds() / seconds));
    }
}
