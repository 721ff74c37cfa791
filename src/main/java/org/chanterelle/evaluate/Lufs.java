package org.chanterelle.evaluate;

/**
 * Integrated loudness of a programme after ITU-R BS.1770-4: K-weighting, blocks of 400 ms overlapping by three quarters, gated at
 * -70 LUFS and 10 LU below the mean of what remains.
 */
public final class Lufs {
    private static final double OFFSET_DB = -0.691;
    private static final double ABSOLUTE_GATE_DB = -70;
    private static final double RELATIVE_GATE_DB = -10;
    private static final double HOP_SECONDS = 0.1;
    private static final int HOPS_A_BLOCK = 4;

    private Lufs() {}

    /**
     * Loudness in LUFS; negative infinity for what is silent or shorter than 400 ms.
     *
     * @param channels left and right, or one of mono (which is 3 LU quieter than the same on both); others would need weights
     * @param sampleRateHz at least 8000
     */
    public static double integrated(float[][] channels, double sampleRateHz) {
        if (channels.length < 1 || channels.length > 2 || sampleRateHz < 8_000) {
            throw new IllegalArgumentException(
                    channels.length + " channels at " + sampleRateHz + " Hz: expected 1 or 2 channels");
        }
        int hops = (int) Math.floor(channels[0].length / (HOP_SECONDS * sampleRateHz));
        double[] power = new double[Math.max(0, hops - HOPS_A_BLOCK + 1)];
        for (float[] channel : channels) {
            addBlocks(new KWeighting(sampleRateHz).apply(channel), HOP_SECONDS * sampleRateHz, power);
        }
        double ungated = meanAbove(power, ABSOLUTE_GATE_DB);
        return level(meanAbove(power, Math.max(ABSOLUTE_GATE_DB, level(ungated) + RELATIVE_GATE_DB)));
    }

    /** Integrated loudness of a mono sound that is played on both sides. */
    public static double ofBothSides(float[] mono, double sampleRateHz) {
        return integrated(new float[][] {mono, mono}, sampleRateHz);
    }

    private static void addBlocks(double[] weighted, double hopFrames, double[] power) {
        for (int block = 0; block < power.length; block++) {
            int from = (int) Math.round(block * hopFrames);
            int to = (int) Math.round((block + HOPS_A_BLOCK) * hopFrames);
            double sum = 0;
            for (int n = from; n < to; n++) {
                sum += weighted[n] * weighted[n];
            }
            power[block] += sum / (to - from);
        }
    }

    private static double meanAbove(double[] power, double gateDb) {
        double sum = 0;
        int count = 0;
        for (double block : power) {
            if (level(block) > gateDb) {
                sum += block;
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    private static double level(double power) {
        return OFFSET_DB + 10 * Math.log10(power);
    }
}
