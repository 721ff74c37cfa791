package org.chanterelle.rt;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.chanterelle.signal.Parameter;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.RealTime;

/** The present value of every parameter. Any thread writes; the audio thread reads once a block. No order between two values. */
public final class ParameterValues {
    private final AtomicIntegerArray bits = new AtomicIntegerArray(Parameters.ALL.size());

    /** All at their defaults. */
    public ParameterValues() {
        for (Parameter parameter : Parameters.ALL) {
            set(parameter, parameter.defaultValue());
        }
    }

    /** The value. */
    @RealTime
    public float get(Parameter parameter) {
        return Float.intBitsToFloat(bits.getOpaque(parameter.index()));
    }

    /** Sets the nearest value inside the range; what is no number changes nothing. */
    @RealTime
    public void set(Parameter parameter, float value) {
        if (!Float.isNaN(value)) {
            bits.setOpaque(parameter.index(), Float.floatToRawIntBits(parameter.clamp(value)));
        }
    }

    /** Takes over all values of another. */
    public void set(ParameterValues other) {
        for (Parameter parameter : Parameters.ALL) {
            set(parameter, other.get(parameter));
        }
    }
}
