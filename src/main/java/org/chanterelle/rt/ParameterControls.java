package org.chanterelle.rt;

import java.util.List;
import org.chanterelle.signal.Parameter;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.RealTime;

/** How MIDI turns parameters: by mapped controllers, by unregistered parameters, and by the range of the modulation wheel. */
final class ParameterControls {
    /** Greatest value of an unregistered parameter. */
    private static final float LARGEST = 0x3fff;

    /** Steps over a parameter's whole range by data increment. */
    private static final float STEPS = 127;

    private static final float CENTS = 100;

    private final ParameterValues values;
    private final Parameter[] parameters = Parameters.ALL.toArray(Parameter[]::new);

    /** Listens for a controller that moves, for a map to learn. */
    final ControlEar ear = new ControlEar();

    /** Which controllers turn which parameters; set by any thread. */
    volatile MidiMap map = new MidiMap(List.of());

    /** @param values what is turned */
    ParameterControls(ParameterValues values) {
        this.values = values;
    }

    /** A controller of a channel, 0 to 119, has moved. */
    @RealTime
    void turn(MidiState midi, int channel, int control) {
        map.apply(control, midi.controlValue(channel, control), midi.fineValue(channel, control), values);
        ear.hear(control, midi.controlValue(channel, control));
    }

    /** An unregistered parameter is set, 0 to 16383. */
    @RealTime
    void set(int number, int value) {
        int index = number - Parameter.FIRST_NRPN;
        if (index >= 0 && index < parameters.length) {
            values.set(parameters[index], parameters[index].at(value / LARGEST));
        }
    }

    /** An unregistered parameter goes a step up (1) or down (-1). */
    @RealTime
    void step(int number, int step) {
        int index = number - Parameter.FIRST_NRPN;
        if (index >= 0 && index < parameters.length) {
            Parameter parameter = parameters[index];
            values.set(parameter, values.get(parameter) + step * (parameter.max() - parameter.min()) / STEPS);
        }
    }

    /** The modulation wheel is to reach so far. */
    @RealTime
    void setModulationRange(float semitones) {
        values.set(Parameters.VIBRATO_DEPTH, semitones * CENTS);
    }
}
