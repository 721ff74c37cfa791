package org.chanterelle.driver.javasound;

import java.util.ArrayList;
import java.util.List;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.Line;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.SourceDataLine;
import javax.sound.sampled.TargetDataLine;

/**
 * What javax.sound finds on this machine.
 *
 * @param cards sound cards that can play or record
 * @param midiInputs names of the MIDI inputs
 */
public record JavaSoundDevices(List<Card> cards, List<String> midiInputs) {
    /**
     * A sound card, or a part of one.
     *
     * @param name for {@link JavaSoundSettings#device}
     * @param plays whether it has an output
     * @param records whether it has an input
     */
    public record Card(String name, boolean plays, boolean records) {}

    /** Looks; takes some tenths of a second the first time. */
    public static JavaSoundDevices find() {
        List<Card> cards = new ArrayList<>();
        for (Mixer.Info info : AudioSystem.getMixerInfo()) {
            Mixer mixer = AudioSystem.getMixer(info);
            Card card = new Card(info.getName(), mixer.isLineSupported(new Line.Info(SourceDataLine.class)),
                    mixer.isLineSupported(new Line.Info(TargetDataLine.class)));
            if (card.plays() || card.records()) {
                cards.add(card);
            }
        }
        return new JavaSoundDevices(List.copyOf(cards),
                new SystemMidi().present().stream().map(MidiPorts.Port::name).toList());
    }

    /** Whether any card can play. */
    public boolean canPlay() {
        return cards.stream().anyMatch(Card::plays);
    }
}
