package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.driver.Driver;
import org.chanterelle.inference.Calibrator;
import org.chanterelle.inference.InputCalibration;
import org.chanterelle.live.Listener;
import org.chanterelle.signal.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code calibrate}: what this microphone, room and singer are like. */
@Command(name = "calibrate", description = {
        "Listens to three seconds of the room and seven of singing, and sets gain, gate and loudness of this input.",
        "What it found is used by play whenever it plays from the same input."
})
final class CalibrateCommand implements Runnable {
    private static final int CHUNK = 4096;
    private static final long POLL_MILLIS = 10;

    /** Longer without sound from the driver, and it is not running. */
    private static final double PATIENCE_SECONDS = 5;

    @Mixin
    private Reporting reporting;

    @Mixin
    private DriverOptions drivers;

    @Option(names = "--in", paramLabel = "WAV", description = "With --driver file: a recording of both, ten seconds.")
    private Path in;

    @Override
    public void run() {
        if (drivers.isFile() != (in != null)) {
            throw new UserError("--in and --driver file: expected both or neither.");
        }
        InputCalibration found = in == null ? listen() : read();
        DriverOptions.inputs().save(drivers.input(), found);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("input", drivers.input());
        object.put("gainDb", found.gainDb());
        object.put("gateOpenDb", found.openDb());
        object.put("gateCloseDb", found.closeDb());
        object.put("meanLoudnessDb", found.meanLoudnessDb());
        reporting.tell(object, String.format(
                Locale.ROOT, "%s: gain %+.1f dB, gate opens at %.1f dB, mean loudness %.1f dB", drivers.input(),
                found.gainDb(), found.openDb(), found.meanLoudnessDb()));
    }

    private InputCalibration read() {
        AudioClip clip = AudioReader.read(in);
        Calibrator calibrator = new Calibrator(clip.sampleRateHz());
        calibrator.process(clip.mono(), 0, clip.frames());
        if (calibrator.phase() != Calibrator.Phase.DONE) {
            throw new UserError(String.format(
                    Locale.ROOT, "%s: %.1f s long; expected %.0f s of the room, then %.0f s of singing.", in, clip.seconds(),
                    Calibrator.ROOM_SECONDS, Calibrator.VOICE_SECONDS));
        }
        return calibrator.result();
    }

    private InputCalibration listen() {
        Listener listener = new Listener();
        try (Driver driver = drivers.open()) {
            driver.start(listener);
            Calibrator calibrator = new Calibrator(listener.sampleRateHz());
            Calibrator.Phase told = null;
            float[] chunk = new float[CHUNK];
            long heard = System.nanoTime();
            try (ProgressBar bar = reporting.progress("calibrate")) {
                while (calibrator.phase() != Calibrator.Phase.DONE) {
                    if (calibrator.phase() != told) {
                        told = calibrator.phase();
                        reporting.note(
                                told == Calibrator.Phase.ROOM ? "be quiet: listening to the room" : "sing now, loud and soft");
                    }
                    int frames = listener.take(chunk);
                    calibrator.process(chunk, 0, frames);
                    heard = frames > 0 ? System.nanoTime() : heard;
                    if ((System.nanoTime() - heard) * 1e-9 > PATIENCE_SECONDS) {
                        throw new UserError(1, "calibrate: " + driver.name() + " brings no sound any more. Start it again", null);
                    }
                    double whole = Calibrator.ROOM_SECONDS + Calibrator.VOICE_SECONDS;
                    double left = calibrator.secondsLeft()
                            + (calibrator.phase() == Calibrator.Phase.ROOM ? Calibrator.VOICE_SECONDS : 0);
                    bar.show(1 - left / whole);
                    pause();
                }
            }
            return calibrator.result();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError(1, "calibrate: interrupted", e);
        }
    }
}
