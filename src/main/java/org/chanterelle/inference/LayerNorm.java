package org.chanterelle.inference;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Layer normalisation (Ba et al. 2016) and the leaky rectifier that always follows it here. Immutable. */
final class LayerNorm {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final double EPSILON = 1e-5;
    private static final float LEAK = 0.01f;

    private final int size;
    private final int padded;
    private final float[] gain;
    private final float[] bias;

    LayerNorm(float[] gain, float[] bias) {
        size = gain.length;
        padded = Linear.padded(size);
        this.gain = Arrays.copyOf(gain, padded);
        this.bias = Arrays.copyOf(bias, padded);
    }

    /** Normalises {@code x} in place; its values beyond the layer's size must be 0, as {@link Linear#apply} leaves them. */
    void apply(float[] x) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < padded; i += SPECIES.length()) {
            sum = sum.add(FloatVector.fromArray(SPECIES, x, i));
        }
        float mean = LaneSum.of(sum) / size;
        FloatVector means = FloatVector.broadcast(SPECIES, mean);
        FloatVector squares = FloatVector.zero(SPECIES);
        for (int i = 0; i < padded; i += SPECIES.length()) {
            FloatVector centred = FloatVector.fromArray(SPECIES, x, i).sub(means);
            squares = centred.fma(centred, squares);
        }
        // The padding's zeros were counted as -mean each.
        double variance = (LaneSum.of(squares) - (padded - size) * mean * mean) / size;
        FloatVector scale = FloatVector.broadcast(SPECIES, (float) (1.0 / Math.sqrt(Math.max(variance, 0.0) + EPSILON)));
        for (int i = 0; i < padded; i += SPECIES.length()) {
            FloatVector unit = FloatVector.fromArray(SPECIES, x, i).sub(means).mul(scale);
            FloatVector y = unit.fma(FloatVector.fromArray(SPECIES, gain, i), FloatVector.fromArray(SPECIES, bias, i));
            y.max(y.mul(LEAK)).intoArray(x, i);
        }
    }
}
