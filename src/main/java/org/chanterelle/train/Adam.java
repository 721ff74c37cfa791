package org.chanterelle.train;

import java.util.Map;

/** Adam (Kingma and Ba 2015) with clipping of the gradient's global norm, on plain arrays so that its state can be saved. */
public final class Adam {
    private static final float BETA1 = 0.9f;
    /** The usual decay of the second moment. */
    public static final double BETA2 = 0.999;
    private static final float EPSILON = 1e-8f;

    private final Parameters first;
    private final Parameters second;
    private long steps;

    /** Goes on from saved moments. */
    public Adam(Parameters first, Parameters second, long steps) {
        this.first = first;
        this.second = second;
        this.steps = steps;
    }

    /** Starts afresh. */
    public static Adam start(Parameters parameters) {
        return new Adam(parameters.zeros(), parameters.zeros(), 0);
    }

    /** Running mean of gradients. */
    public Parameters firstMoment() {
        return first;
    }

    /** Running mean of squared gradients. */
    public Parameters secondMoment() {
        return second;
    }

    /** Updates made. */
    public long steps() {
        return steps;
    }

    /**
     * Updates the parameters, unless the gradient is not finite.
     *
     * @param gradients by parameter name
     * @param clipNorm largest global norm of the gradient that is applied
     * @return the gradient's norm before clipping; not finite if nothing was updated
     */
    public double update(Parameters parameters, Map<String, float[]> gradients, double learningRate, double clipNorm) {
        return update(parameters, gradients, learningRate, clipNorm, BETA2);
    }

    /** The same with another decay of the second moment, which must be that of all updates. */
    public double update(Parameters parameters, Map<String, float[]> gradients, double learningRate, double clipNorm,
            double beta2) {
        double squares = 0;
        for (float[] gradient : gradients.values()) {
            for (float g : gradient) {
                squares += (double) g * g;
            }
        }
        double norm = Math.sqrt(squares);
        if (!Double.isFinite(norm)) {
            return norm;
        }
        steps++;
        float scale = (float) Math.min(1.0, clipNorm / (norm + 1e-12));
        float rate = (float) (learningRate / (1.0 - Math.pow(BETA1, steps)));
        float correction = (float) (1.0 / Math.sqrt(1.0 - Math.pow(beta2, steps)));
        float fresh = (float) (1 - beta2);
        parameters.tensors().forEach((name, tensor) -> step(
                tensor.values(),
                gradients.get(name),
                first.tensors().get(name).values(),
                second.tensors().get(name).values(),
                scale,
                rate,
                correction,
                fresh));
        return norm;
    }

    private static void step(float[] values, float[] gradient, float[] m, float[] v, float scale, float rate, float correction,
            float fresh) {
        for (int i = 0; i < values.length; i++) {
            float g = gradient[i] * scale;
            m[i] += (1f - BETA1) * (g - m[i]);
            v[i] += fresh * (g * g - v[i]);
            values[i] -= rate * m[i] / ((float) Math.sqrt(v[i]) * correction + EPSILON);
        }
    }
}
