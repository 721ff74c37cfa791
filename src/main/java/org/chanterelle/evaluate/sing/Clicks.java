package org.chanterelle.evaluate.sing;

import java.util.Arrays;
import org.chanterelle.train.notes.NoteFolder;

/**
 * Clicks in a held note: milliseconds whose second difference, which weighs the highest frequencies most, is 20 dB above the median of
 * the 50 ms around it and above -60 dBFS. The attack and the release do not count: there a note may be as sudden as it likes.
 */
final class Clicks {
    private static final int MILLISECOND = NoteFolder.RATE_HZ / 1000;
    private static final int AROUND = 25;
    private static final int ATTACK_MS = 100;
    private static final int RELEASE_MS = 3000;
    private static final int RELEASE_MARGIN_MS = 30;
    private static final double RATIO = 100;
    private static final double FLOOR = 1e-6;

    private Clicks() {}

    /** How many there are in a note; milliseconds in a row are one click. */
    static int count(float[] audio) {
        double[] energy = energies(audio);
        int clicks = 0;
        int last = -2;
        for (int i = ATTACK_MS; i < energy.length - 1; i++) {
            if (Math.abs(i - RELEASE_MS) <= RELEASE_MARGIN_MS || energy[i] < FLOOR) {
                continue;
            }
            double[] around = Arrays.copyOfRange(energy, Math.max(0, i - AROUND), Math.min(energy.length, i + AROUND + 1));
            Arrays.sort(around);
            if (energy[i] > RATIO * around[around.length / 2]) {
                clicks += i > last + 1 ? 1 : 0;
                last = i;
            }
        }
        return clicks;
    }

    /** Mean square of the second difference in each millisecond. */
    private static double[] energies(float[] audio) {
        double[] energy = new double[audio.length / MILLISECOND];
        for (int n = 2; n < energy.length * MILLISECOND; n++) {
            double d = audio[n] - 2.0 * audio[n - 1] + audio[n - 2];
            energy[n / MILLISECOND] += d * d / MILLISECOND;
        }
        return energy;
    }
}
