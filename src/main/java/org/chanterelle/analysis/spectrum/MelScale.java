package org.chanterelle.analysis.spectrum;

/** Published maps from Hz to mel. */
public enum MelScale {
    /** {@code 1127 ln(1 + f / 700)}: HTK's, TensorFlow's and magenta's. */
    HTK {
        @Override
        public double fromHz(double hz) {
            return 1127.0 * Math.log1p(hz / 700.0);
        }

        @Override
        public double toHz(double mel) {
            return 700.0 * Math.expm1(mel / 1127.0);
        }
    },
    /** Slaney's Auditory Toolbox: linear to 1,000 Hz, logarithmic above. */
    SLANEY {
        @Override
        public double fromHz(double hz) {
            return hz < KNEE_HZ ? hz / HZ_PER_MEL : KNEE_MEL + Math.log(hz / KNEE_HZ) / LOG_STEP;
        }

        @Override
        public double toHz(double mel) {
            return mel < KNEE_MEL ? mel * HZ_PER_MEL : KNEE_HZ * Math.exp(LOG_STEP * (mel - KNEE_MEL));
        }
    };

    private static final double HZ_PER_MEL = 200.0 / 3.0;
    private static final double KNEE_HZ = 1000.0;
    private static final double KNEE_MEL = KNEE_HZ / HZ_PER_MEL;
    private static final double LOG_STEP = Math.log(6.4) / 27.0;

    /** Mel of a frequency in Hz. */
    public abstract double fromHz(double hz);

    /** Frequency in Hz of a mel. */
    public abstract double toHz(double mel);
}
