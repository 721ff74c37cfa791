package org.chanterelle.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.chanterelle.signal.FeatureTrack;
import org.chanterelle.signal.UserError;
import org.chanterelle.signal.Units;

/** Where reference melodies come from, and the errors at the beginnings of their notes. */
final class Melodies {
    /** A pitch within this of the reference is right. */
    static final double TOLERANCE_CENTS = 50;

    private static final double LEAST_AMPLITUDE = 0.02;
    private static final double ONSET_S = 0.15;
    private static final double STEP_S = 0.03;
    private static final double STEP_CENTS = 80;
    private static final double GROSS_CENTS = 300;

    private Melodies() {}

    /** The pitch of a feature track, 0 where it is not voiced. */
    static Melody of(FeatureTrack track) {
        double[] hz = new double[track.length()];
        for (int i = 0; i < hz.length; i++) {
            hz[i] = track.voiced()[i] ? track.f0Hz()[i] : 0;
        }
        return Melody.onGrid(hz, track.controlRateHz());
    }

    /** Reads a {@code .f0.csv} file: a header, then time in seconds, pitch in Hz, amplitude; below 0.02 it is a rest. */
    static Melody read(Path csv) {
        try {
            List<String> lines = Files.readAllLines(csv);
            double[] timesS = new double[Math.max(0, lines.size() - 1)];
            double[] hz = new double[timesS.length];
            for (int i = 0; i < hz.length; i++) {
                String[] fields = lines.get(i + 1).split(",");
                timesS[i] = Double.parseDouble(fields[0]);
                hz[i] = Double.parseDouble(fields[2]) < LEAST_AMPLITUDE ? 0 : Double.parseDouble(fields[1]);
            }
            return new Melody(timesS, hz);
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new UserError(csv + ": expected lines of time_s,f0_hz,amp (" + e.getMessage() + ")", e);
        }
    }

    /** The 1st percentile of the sounding pitches in Hz; 0 when nothing sounds. */
    static double lowestHz(Melody melody) {
        double[] sounding = Arrays.stream(melody.hz()).filter(hz -> hz > 0).sorted().toArray();
        return sounding.length == 0 ? 0 : sounding[sounding.length / 100];
    }

    /** The same melody transposed. */
    static Melody transposed(Melody melody, double ratio) {
        double[] hz = melody.hz().clone();
        for (int i = 0; i < hz.length; i++) {
            hz[i] *= ratio;
        }
        return new Melody(melody.timesS(), hz);
    }

    /**
     * The beginnings of a melody's notes: frames within 150 ms of where it begins to sound or steps by more than 80 cents in 30 ms.
     * Everything else becomes a rest.
     */
    static Melody onsets(Melody melody) {
        double[] hz = new double[melody.length()];
        double lastOnsetS = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < hz.length; i++) {
            double now = melody.timesS()[i];
            if (melody.hz()[i] > 0 && (i == 0 || melody.hz()[i - 1] <= 0 || steps(melody, i))) {
                lastOnsetS = now;
            }
            hz[i] = now - lastOnsetS < ONSET_S ? melody.hz()[i] : 0;
        }
        return new Melody(melody.timesS(), hz);
    }

    /** Share of the reference's sounding frames in which the estimate sounds more than 300 cents away. */
    static double grossErrors(Melody reference, Melody estimate) {
        MelodyScores near = MelodyMetrics.compare(reference, soundingOnly(estimate), GROSS_CENTS);
        MelodyScores sounding = MelodyMetrics.compare(reference, soundingOnly(estimate), Double.POSITIVE_INFINITY);
        return sounding.rawPitchAccuracy() - near.rawPitchAccuracy();
    }

    private static Melody soundingOnly(Melody melody) {
        double[] hz = melody.hz().clone();
        for (int i = 0; i < hz.length; i++) {
            hz[i] = Math.max(0, hz[i]);
        }
        return new Melody(melody.timesS(), hz);
    }

    private static boolean steps(Melody melody, int frame) {
        int before = frame;
        while (before > 0 && melody.timesS()[frame] - melody.timesS()[before] < STEP_S) {
            before--;
        }
        double from = melody.hz()[before];
        return from > 0 && Math.abs(Units.cents(melody.hz()[frame], from)) > STEP_CENTS;
    }
}
