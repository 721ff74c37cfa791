package org.chanterelle.ddsp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;

/**
 * Maps from unbounded network outputs to positive amplitudes. Any shape; differentiable.
 *
 * <p>Here as everywhere that a gradient passes, numbers that multiply, divide or raise are arrays of the manager: DJL frees a Java
 * number at once, and after the next garbage collection the backward pass reads what lies there by then.
 */
public final class Scaling {
    /** Exponent of the modified sigmoid. */
    public static final double LN10 = Math.log(10.0);

    private Scaling() {}

    /** {@code 2 sigmoid(x)^ln10 + 1e-7}: Engel et al. 2020, eq. 5. */
    public static NDArray modifiedSigmoid(NDArray x) {
        return expSigmoid(x, 10.0, 2.0, 1e-7);
    }

    /** {@code maxValue sigmoid(x)^ln(exponent) + threshold}: magenta's core.exp_sigmoid. */
    public static NDArray expSigmoid(NDArray x, double exponent, double maxValue, double threshold) {
        NDManager manager = x.getManager();
        NDArray power = Activation.sigmoid(x).pow(manager.create((float) Math.log(exponent)));
        return power.mul(manager.create((float) maxValue)).add(threshold);
    }
}
