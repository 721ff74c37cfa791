package org.chanterelle.evaluate;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.audiofile.AudioWriter.SampleFormat;
import org.chanterelle.rt.dsp.Resampler;
import org.chanterelle.signal.UserError;

/**
 * A judge of pitch that is not our own: Debian's {@code aubiopitch} (aubio-tools), run as a process.
 *
 * <p>On clips of known pitch its yinfft and mcomb were the steadiest of its six methods: raw pitch accuracy 0.95 to 1.00. Both err in
 * ways of their own, yinfft an octave down (4 % of fast violin playing), mcomb on soft or low sounds.
 */
public final class ExternalPitch {
    /** What to tell a user without it. */
    public static final String MISSING = "aubiopitch not found, so no other algorithm judges the pitch. Install it: apt-get install aubio-tools";

    /** How it finds the pitch. */
    public enum Method {
        /** YIN on a weighted spectrum: Brossier's, the program's default. */
        YINFFT("yinfft"),
        /** Several combs on the peaks of a spectrum: Lagrange's. */
        MCOMB("mcomb");

        private final String option;

        Method(String option) {
            this.option = option;
        }
    }

    private static final int RATE_HZ = 44_100;
    private static final int HOP = 110;
    private static final String SILENCE_DB = "-70";
    private static final double SHORT_WINDOW_FROM_HZ = 190;
    /** Below it a window of 2,048 holds too few periods. */
    private static final double DEEP_BELOW_HZ = 66;
    private static final int DEEP_WINDOW = 8192;

    private static final long TIMEOUT_S = 300;

    private final Path program;

    private ExternalPitch(Path program) {
        this.program = program;
    }

    /** The program, if it lies on the PATH. */
    public static Optional<ExternalPitch> find() {
        String path = System.getenv("PATH");
        return Stream.of((path == null ? "" : path).split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "aubiopitch"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(ExternalPitch::new);
    }

    /**
     * The melody that it hears, 401 values a second, 0 in rests.
     *
     * @param lowestHz lowest pitch to expect; yinfft hears fast notes better with a short window, but needs a long one below 190 Hz
     */
    public Melody track(Method method, float[] mono, double sampleRateHz, double lowestHz) {
        return track(method, mono, sampleRateHz, method == Method.YINFFT && lowestHz >= SHORT_WINDOW_FROM_HZ ? 1024 : 2048);
    }

    /** As {@link #track}, of one held note: below 66 Hz by a window that would blur a melody. */
    public Melody trackHeldNote(Method method, float[] mono, double sampleRateHz, double lowestHz) {
        return lowestHz >= DEEP_BELOW_HZ
                ? track(method, mono, sampleRateHz, lowestHz)
                : track(method, mono, sampleRateHz, DEEP_WINDOW);
    }

    private Melody track(Method method, float[] mono, double sampleRateHz, int window) {
        try {
            Path folder = Files.createTempDirectory("chanterelle-pitch");
            Path wav = folder.resolve("sound.wav");
            try {
                AudioClip clip = AudioClip.mono(Resampler.resample(mono, sampleRateHz, RATE_HZ), RATE_HZ);
                AudioWriter.write(wav, clip, SampleFormat.PCM_16, true);
                return parse(run(method, window, wav, folder.resolve("pitch.txt")), window);
            } finally {
                Files.deleteIfExists(wav);
                Files.deleteIfExists(folder.resolve("pitch.txt"));
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UserError(1, program + ": cannot be run (" + e.getMessage() + "). Reinstall aubio-tools", e);
        }
    }

    private List<String> run(Method method, int window, Path wav, Path out) throws IOException {
        List<String> command = List.of(
                program.toString(), "-i", wav.toString(), "-r", RATE_HZ + "", "-p", method.option, "-B", window + "", "-H",
                HOP + "",
                "-s", SILENCE_DB);
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new UserError(1, program + ": failed or took over " + TIMEOUT_S + " s. Reinstall aubio-tools", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError(1, program + ": interrupted", e);
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(out);
    }

    /** Each line is the window's end (less one hop) in seconds and a pitch in Hz; we want the window's middle. */
    private static Melody parse(List<String> lines, int window) {
        double delayS = (0.5 * window - HOP) / RATE_HZ;
        double[] timesS = new double[lines.size()];
        double[] hz = new double[lines.size()];
        for (int i = 0; i < timesS.length; i++) {
            String[] fields = lines.get(i).split("\\s+");
            timesS[i] = Double.parseDouble(fields[0]) - delayS;
            hz[i] = Double.parseDouble(fields[1]);
        }
        return new Melody(timesS, hz);
    }
}
