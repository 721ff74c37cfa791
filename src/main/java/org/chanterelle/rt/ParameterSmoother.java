package org.chanterelle.rt;

import org.chanterelle.rt.dsp.SmoothedValue;
import org.chanterelle.signal.Parameter;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.RealTime;

/**
 * Lets the values that sound follow those that are set, so that neither a controller's steps nor another preset's values are heard as
 * steps: by the law of {@link SmoothedValue}, in the time that each parameter declares. On the audio thread, before sound is made.
 */
final class ParameterSmoother {
    private static final double MILLI = 1e-3;

    /** Share of a parameter's range; what is nearer is there. */
    private static final double NEGLIGIBLE = 1e-9;

    private final Parameter[] parameters = Parameters.ALL.toArray(Parameter[]::new);
    private final ParameterValues targets;
    private final ParameterValues present;
    private final double[] halfway = new double[parameters.length];
    private final double[] value = new double[parameters.length];
    private double sampleRateHz;

    /**
     * @param targets what is set
     * @param present what sounds; written here
     */
    ParameterSmoother(ParameterValues targets, ParameterValues present) {
        this.targets = targets;
        this.present = present;
    }

    /** Every value is where it was set. */
    void prepare(double newSampleRateHz) {
        sampleRateHz = newSampleRateHz;
        for (int i = 0; i < parameters.length; i++) {
            jump(i, targets.get(parameters[i]));
        }
    }

    /** So many frames go by. */
    @RealTime
    void advance(int frames) {
        for (int i = 0; i < parameters.length; i++) {
            float target = targets.get(parameters[i]);
            if (target != value[i] || target != halfway[i]) {
                move(i, target, frames);
            }
        }
    }

    @RealTime
    private void move(int i, float target, int frames) {
        Parameter parameter = parameters[i];
        double near = NEGLIGIBLE * (parameter.max() - parameter.min());
        double first = halfway[i] - target;
        double second = value[i] - target;
        if (parameter.smoothingMs() == 0 || Math.abs(first) < near && Math.abs(second) < near) {
            jump(i, target);
            return;
        }
        double rate = SmoothedValue.TIME_CONSTANTS * frames / (parameter.smoothingMs() * MILLI * sampleRateHz);
        double kept = Math.exp(-rate);
        halfway[i] = target + kept * first;
        value[i] = target + kept * (second + rate * first);
        present.set(parameter, (float) value[i]);
    }

    @RealTime
    private void jump(int i, float target) {
        halfway[i] = target;
        value[i] = target;
        present.set(parameters[i], target);
    }
}
