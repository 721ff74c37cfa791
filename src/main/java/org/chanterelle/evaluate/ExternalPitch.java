package org.chanterelle.evaluate;

import java.util.List;
import java.util.Optional;

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

    private final Aubio program;

    private ExternalPitch(Aubio program) {
        this.program = program;
    }

    /** The program, if it lies on the PATH. */
    public static Optional<ExternalPitch> find() {
        return Aubio.find("aubiopitch").map(ExternalPitch::new);
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
        return parse(program.lines(mono, sampleRateHz, RATE_HZ,
                List.of("-p", method.option, "-B", window + "", "-H", HOP + "", "-s", SILENCE_DB)), window);
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
