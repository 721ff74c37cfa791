package org.chanterelle.signal;

/** Companding to 256 codes by the mu law, mu = 255, as torchaudio has it: code 128 is nearest to silence. */
public final class MuLaw {
    private static final int MU = 255;
    private static final double LOG = Math.log1p(MU);

    private MuLaw() {}

    /** Code of a sample, 0 to 255; full scale is 1, and what lies beyond is cut off. */
    public static int encode(float sample) {
        double x = Math.clamp((double) sample, -1.0, 1.0);
        double companded = Math.signum(x) * Math.log1p(MU * Math.abs(x)) / LOG;
        return (int) Math.floor((companded + 1) / 2 * MU + 0.5);
    }

    /** Sample of a code. */
    public static float decode(int code) {
        double companded = 2.0 * code / MU - 1;
        return (float) (Math.signum(companded) * Math.expm1(Math.abs(companded) * LOG) / MU);
    }
}
