package org.chanterelle.evaluate.synthetic;

/** Five vowels of a woman's voice: the first three formants after Peterson and Barney 1952, the higher two common to all. */
public enum Vowel {
    /** As in father. */
    A(850, 1220, 2810),
    /** As in bed. */
    E(610, 2330, 2990),
    /** As in see. */
    I(310, 2790, 3310),
    /** As in law. */
    O(590, 920, 2710),
    /** As in too. */
    U(370, 950, 2670);

    /** Bandwidths in Hz of the five formants. */
    static final double[] BANDWIDTHS_HZ = {90, 110, 160, 250, 300};

    private final double[] formantsHz;

    Vowel(double first, double second, double third) {
        formantsHz = new double[] {first, second, third, 3900, 4950};
    }

    /** Frequency in Hz of formant 0 to 4. */
    double formantHz(int index) {
        return formantsHz[index];
    }
}
