package org.chanterelle.inference;

/**
 * The gain that brings a recording to the level at which models are trained, before any threshold is applied: a whispered recording
 * must not fall under the gate, nor a hot one open it with its room.
 */
public final class RecordingLevel {
    /** Frames this much below the loudest are rests. */
    private static final double REST_DB = 30;

    /** A recording softer than this has nothing in it to be raised. */
    private static final double MAX_GAIN_DB = 40;

    private static final double FRAME_SECONDS = 0.05;

    private RecordingLevel() {}

    /** Gain in dB that brings the RMS of the sounding parts to {@code levelDbfs}; 0 for silence. */
    public static double gainDb(float[] mono, double sampleRateHz, double levelDbfs) {
        int size = (int) Math.round(FRAME_SECONDS * sampleRateHz);
        double[] power = new double[(mono.length + size - 1) / size];
        double loudest = 0;
        for (int frame = 0; frame < power.length; frame++) {
            int end = Math.min(mono.length, (frame + 1) * size);
            for (int i = frame * size; i < end; i++) {
                power[frame] += (double) mono[i] * mono[i];
            }
            power[frame] /= size;
            loudest = Math.max(loudest, power[frame]);
        }
        double threshold = loudest * Math.pow(10, -REST_DB / 10);
        double sum = 0;
        int count = 0;
        for (double p : power) {
            if (p > threshold) {
                sum += p;
                count++;
            }
        }
        return sum == 0 ? 0 : Math.min(MAX_GAIN_DB, levelDbfs - 10 * Math.log10(sum / count));
    }
}
