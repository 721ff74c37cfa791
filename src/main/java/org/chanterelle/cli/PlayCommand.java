package org.chanterelle.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.analysis.Timing;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.driver.Driver;
import org.chanterelle.driver.javasound.JavaSoundMidi;
import org.chanterelle.inference.ComputeDevice;
import org.chanterelle.inference.ComputeDevices;
import org.chanterelle.inference.InputCalibration;
import org.chanterelle.live.ControlLearner;
import org.chanterelle.live.LiveSession;
import org.chanterelle.live.LiveSound;
import org.chanterelle.live.PresetPlayer;
import org.chanterelle.live.Recorder;
import org.chanterelle.preset.Preset;
import org.chanterelle.rt.LiveProcess;
import org.chanterelle.signal.Parameter;
import org.chanterelle.signal.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code play}: live. */
@Command(name = "play", description = "Plays live: a voice or a keyboard as an instrument. Ctrl-C ends it.")
final class PlayCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Mixin
    private PresetOption preset;

    @Mixin
    private DriverOptions drivers;

    @Option(names = "--in", paramLabel = "WAV|MID", description = "With --driver file: what to play from.")
    private Path in;

    @Option(names = "--out", paramLabel = "WAV", description = "With --driver file: where to write.")
    private Path out;

    @Option(names = "--realtime", description = "With --driver file: by the clock, not as fast as possible.")
    private boolean realTime;

    @Option(names = "--block", paramLabel = "FRAMES", defaultValue = "128", description = "With --driver file: frames in a block (default: ${DEFAULT-VALUE}).")
    private int blockFrames;

    @Option(names = "--force", description = "Overwrites existing files.")
    private boolean force;

    @Option(names = "--input", paramLabel = "voice|midi", description = "What plays (default: what the preset says).")
    private LiveSound.Input input;

    @Option(names = "--timing", paramLabel = "live|record", defaultValue = "LIVE", description = "live: each pitch as early as it can be known. record: all at one constant delay, for a DAW (default: live).")
    private Timing timing;

    @Option(names = "--record", paramLabel = "WAV", description = "Records what is heard.")
    private Path record;

    @Option(names = "--save-preset", paramLabel = "NAME", description = "At the end, saves how all is set then as a preset.")
    private String savePreset;

    @Option(names = "--learn", paramLabel = "ID", description = "MIDI learn: the next controller that moves turns this parameter; may be repeated. Needs --save-preset.")
    private List<String> learn = List.of();

    @Option(names = "--stats", paramLabel = "JSON", description = "Writes figures, one JSON object a line, each second and at the end.")
    private Path stats;

    @Option(names = "--seconds", paramLabel = "N", description = "Ends after so many seconds.")
    private Double seconds;

    @Option(names = "--device", paramLabel = "cpu|cuda", defaultValue = "cpu", description = "Where the network runs (default: ${DEFAULT-VALUE}).")
    private String device;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of noise and phases (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public void run() {
        if (computeDevice() == ComputeDevice.CUDA) {
            ComputeDevices.requireCuda();
        }
        if (seconds != null && !(seconds > 0)) {
            throw new UserError("--seconds " + seconds + ": expected more than 0.");
        }
        List<Parameter> wanted = learn.stream().map(id -> PresetOption.parameter("--learn", id)).toList();
        if (!wanted.isEmpty() && (savePreset == null || drivers.isFile())) {
            throw new UserError("--learn: expected --save-preset with it, and no --driver file, or nothing would be learned.");
        }
        if (drivers.isFile()) {
            playFile();
        } else {
            playLive(wanted);
        }
    }

    private ComputeDevice computeDevice() {
        return switch (device) {
            case "cpu" -> ComputeDevice.CPU;
            case "cuda" -> ComputeDevice.CUDA;
            default -> throw new UserError("--device " + device + ": expected cpu or cuda.");
        };
    }

    private void playFile() {
        if (in == null || out == null) {
            throw new UserError("--driver file: expected --in (a recording or MIDI file) and --out (WAV or FLAC).");
        }
        if (blockFrames < 1 || blockFrames > FilePlay.MAX_BLOCK_FRAMES) {
            throw new UserError("--block " + blockFrames + ": expected 1 to " + FilePlay.MAX_BLOCK_FRAMES + " frames.");
        }
        AudioWriter.checkExtension(out);
        OutputFile.check(out, force);
        checkFigures();
        FilePlay.Result result = FilePlay.play(
                new FilePlay.Request(preset.load(), blockFrames, timing, seconds == null ? Double.POSITIVE_INFINITY : seconds,
                        realTime, seed,
                        computeDevice()),
                in, 0, Home::model);
        AudioWriter.write(out, result.audio(), force);
        if (stats != null) {
            OutputFile.write(stats, force, file -> Files.writeString(file, StatsFile.line(result.stats())));
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("input", in.toString());
        object.put("output", out.toString());
        object.put("seconds", result.audio().seconds());
        object.put("latencyFrames", Map.of("min", result.latencyMin(), "max", result.latencyMax()));
        object.put("stats", result.stats());
        reporting.tell(object, String.format(
                Locale.ROOT, "%s: %.2f s, latency %d to %d frames", out, result.audio().seconds(), result.latencyMin(),
                result.latencyMax()));
    }

    /** Before anything is played: what cannot be written is told at once. */
    private void checkFigures() {
        if (stats != null) {
            OutputFile.check(stats, force);
        }
    }

    private void playLive(List<Parameter> wanted) {
        if (in != null || out != null || realTime) {
            throw new UserError("--in, --out and --realtime: expected --driver file with them.");
        }
        checkFigures();
        if (record != null) {
            OutputFile.check(record, force);
        }
        Preset first = preset.load();
        if (savePreset != null) {
            Home.presets().checkFree(savePreset, force);
        }
        InputCalibration calibration = DriverOptions.inputs().find(drivers.input()).orElse(null);
        PresetPlayer.Options options = new PresetPlayer.Options(
                input, timing, calibration, 0, computeDevice(), Home.sounds());
        Map<String, Object> end;
        LiveWatch watch = null;
        try (Driver driver = drivers.open();
                StatsFile file = stats == null ? null : new StatsFile(stats, force);
                PresetPlayer presets = new PresetPlayer(Home.presets(), Home::model, Home::sing, options);
                LiveSession session = new LiveSession(driver, presets.sound(first), seed);
                JavaSoundMidi keyboards = new JavaSoundMidi(session.process().inbox(), List.of())) {
            PresetPlayer.apply(first, session);
            session.rehearse();
            Garbage.startIfWanted();
            session.start();
            keyboards.start();
            reporting.note(started(session));
            try (Recorder recorder = recorder(session)) {
                watch = new LiveWatch(session, presets, keyboards, recorder, file, reporting.meter(session),
                        new ControlLearner(session.process(), wanted));
                watch.endOnInterrupt();
                end = watch.watch(seconds);
            }
            if (savePreset != null) {
                Preset last = presets.chosen() == null ? first : presets.chosen();
                reporting.note("saved " + Home.presets().save(PresetPlayer.snapshot(last, savePreset, session), force));
            }
        } finally {
            if (watch != null) {
                watch.closed();
            }
        }
        reporting.tell(end, summary(end));
    }

    private Recorder recorder(LiveSession session) {
        if (record == null) {
            return null;
        }
        Recorder recorder = new Recorder(record, (int) Math.round(session.driver().sampleRateHz()), force);
        session.process().setTap(recorder);
        return recorder;
    }

    private static String started(LiveSession session) {
        LiveProcess process = session.process();
        double rateHz = session.driver().sampleRateHz();
        return String.format(
                Locale.ROOT, "playing on %s: %.0f Hz, blocks of %d frames, latency %.1f to %.1f ms. Ctrl-C ends.",
                session.driver().name(), rateHz, session.driver().blockFrames(), 1e3 * process.minLatencyFrames() / rateHz,
                1e3 * process.maxLatencyFrames() / rateHz);
    }

    private static String summary(Map<String, Object> end) {
        return String.format(
                Locale.ROOT, "played %.0f s: %s callbacks, %s late; %s control frames, %s missed", (double) end.get("seconds"),
                end.get("callbacks"), end.get("overruns"), end.get("controlFrames"), end.get("missedControlFrames"));
    }
}
