package org.chanterelle.ddsp;

import ai.djl.ndarray.NDArray;

/** Maps from unbounded network outputs to positive amplitudes. Any shape; differentiable. */
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
        return ai.djl.nn.Activation.sigmoid(x).pow(Math.log(exponent)).mul(maxValue).add(threshold);
    }
}
