package org.chanterelle.rt;

import java.util.List;
import java.util.stream.Stream;
import org.chanterelle.signal.ControlMapping;
import org.chanterelle.signal.Parameter;
import org.chanterelle.signal.RealTime;

/** Which controllers turn which parameters. Never changes: to learn or forget one, make another and hand it over. */
public final class MidiMap {
    private final ControlMapping[] mappings;

    /** @param mappings in which a controller may turn several parameters, and a parameter be turned by several */
    public MidiMap(List<ControlMapping> mappings) {
        this.mappings = mappings.toArray(ControlMapping[]::new);
    }

    /** What is mapped, for a preset to be saved. */
    public List<ControlMapping> mappings() {
        return List.of(mappings);
    }

    /** This map with one more: the parameter is turned by that controller alone. */
    public MidiMap learn(ControlMapping learned) {
        return new MidiMap(Stream.concat(
                forget(learned.parameter()).mappings().stream(), Stream.of(learned)).toList());
    }

    /** This map without any controller of a parameter. */
    public MidiMap forget(Parameter parameter) {
        return new MidiMap(mappings().stream().filter(mapping -> !mapping.parameter().equals(parameter)).toList());
    }

    /** Whether a controller turns anything; any that {@link MidiState.Notes#controlChanged} tells may be given. */
    @RealTime
    public boolean maps(int control) {
        for (ControlMapping mapping : mappings) {
            if (hears(mapping, control)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Turns what a controller turns.
     *
     * @param control a controller's number; any that {@link MidiState.Notes#controlChanged} tells may be given
     * @param share where it stands, 0 to 1
     * @param fineShare the same of both bytes, for mappings of 14 bits
     * @param values to be set
     */
    @RealTime
    public void apply(int control, float share, float fineShare, ParameterValues values) {
        for (ControlMapping mapping : mappings) {
            if (hears(mapping, control)) {
                values.set(mapping.parameter(), mapping.at(mapping.isFine() ? fineShare : share));
            }
        }
    }

    @RealTime
    private static boolean hears(ControlMapping mapping, int control) {
        return mapping.controller() == control || mapping.isFine() && mapping.controller() + ControlMapping.TO_LOW == control;
    }
}
