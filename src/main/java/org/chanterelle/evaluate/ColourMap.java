package org.chanterelle.evaluate;

/** The perceptually uniform colour map inferno (N. Smith and S. van der Walt, CC0), by a sixth-order polynomial fit (M. Zucker, CC0). */
public final class ColourMap {
    private static final double[][] COEFFICIENTS = {
            {0.0002189403691192265, 0.001651004631001012, -0.01948089843709184},
            {0.1065134194856116, 0.5639564367884091, 3.932712388889277},
            {11.60249308247187, -3.972853965665698, -15.9423941062914},
            {-41.70399613139459, 17.43639888205313, 44.35414519872813},
            {77.162935699427, -33.40235894210092, -81.80730925738993},
            {-71.31942824499214, 32.62606426397723, 73.20951985803202},
            {25.13112622477341, -12.24266895238567, -23.07032500287172},
    };

    private ColourMap() {}

    /** Red, green and blue as 0xRRGGBB, from black at 0 to pale yellow at 1. */
    public static int rgb(double share) {
        double x = Math.clamp(share, 0, 1);
        int rgb = 0;
        for (int channel = 0; channel < 3; channel++) {
            double value = 0;
            for (int power = COEFFICIENTS.length - 1; power >= 0; power--) {
                value = value * x + COEFFICIENTS[power][channel];
            }
            rgb = rgb << 8 | (int) Math.round(255 * Math.clamp(value, 0, 1));
        }
        return rgb;
    }
}
