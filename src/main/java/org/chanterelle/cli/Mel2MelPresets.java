package org.chanterelle.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.model.mel2mel.Mel2MelConfig;
import org.chanterelle.preset.Preset;

/** Presets of a Mel2Mel model: one for each of its instruments, and one that plays each of a score's programs in its own timbre. */
final class Mel2MelPresets {
    /** Away from the timbre models in bank 1, and from SING. */
    private static final int BANK = 3;

    /** The last program is nobody's timbre: gunshot. */
    private static final int BY_PROGRAM = 127;

    private Mel2MelPresets() {}

    static List<Preset> of(String model, Mel2MelConfig config, String vocoder) {
        List<Preset> presets = new ArrayList<>();
        for (int i = 0; i < config.instruments().size(); i++) {
            String instrument = config.instruments().get(i);
            String name = "mel2mel-" + instrument.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
            presets.add(preset(name, "A whole score on one instrument: " + instrument + ".", model, config.programs().get(i),
                    new Preset.Mel2MelChoice(instrument, null, vocoder)));
        }
        presets.add(preset("mel2mel", "A whole score, each of its programs in the nearest timbre.", model, BY_PROGRAM,
                new Preset.Mel2MelChoice(null, null, vocoder)));
        return presets;
    }

    private static Preset preset(String name, String description, String model, int program, Preset.Mel2MelChoice choice) {
        return new Preset(name, description, model, Preset.Engine.MEL2MEL, Preset.Input.MIDI, new Preset.Program(BANK, program),
                Map.of(), List.of(), null, null, choice);
    }
}
