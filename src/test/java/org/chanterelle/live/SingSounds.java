package org.chanterelle.live;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.chanterelle.inference.sing.SingWeights;
import org.chanterelle.model.sing.SingFolder;
import org.chanterelle.model.sing.TestSingModels;
import org.chanterelle.preset.Preset;

/** A small SING model of random weights under the keys. */
final class SingSounds {
    private SingSounds() {}

    static SingFolder model(Path folder) {
        return SingFolder.load(TestSingModels.write(folder, TestSingModels.smallConfig(), 5));
    }

    static WaveSound sound(SingFolder model, Preset.Notes notes, float morph) {
        return WaveSound.of(preset("brass_a", "string_c", notes), model.card(),
                new SingWeights(model), morph);
    }

    static Preset preset(String instrument, String morphTo, Preset.Notes notes) {
        return new Preset("test", "A test.", "notes", Preset.Engine.SING, Preset.Input.MIDI, null, Map.of(), List.of(), null,
                new Preset.SingChoice(instrument, morphTo, notes));
    }
}
