package org.chanterelle.generate.mel2mel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.chanterelle.audiofile.MidiScore;
import org.chanterelle.model.mel2mel.Mel2MelConfig;
import org.chanterelle.model.mel2mel.Mel2MelFolder;
import org.chanterelle.model.mel2mel.PianoRoll;
import org.chanterelle.signal.ScoreNote;

/**
 * What one instrument plays.
 *
 * @param name of the instrument
 * @param roll its notes
 * @param timbre how it sounds
 */
public record ScorePart(String name, PianoRoll roll, TimbrePath timbre) {
    private static final int FAMILY = 8;

    /** All notes in one timbre. */
    public static List<ScorePart> all(List<ScoreNote> notes, Mel2MelConfig config, String name, TimbrePath timbre) {
        return List.of(new ScorePart(name, PianoRoll.of(MidiScore.solo(notes, 0), config.controlRateHz()), timbre));
    }

    /** Each program in the timbre of the model's nearest instrument. */
    public static List<ScorePart> byProgram(List<ScoreNote> notes, Mel2MelFolder model) {
        Mel2MelConfig config = model.card().config();
        Map<Integer, List<ScoreNote>> groups = notes.stream().collect(Collectors.groupingBy(
                note -> nearest(config.programs(), note.program()), TreeMap::new, Collectors.toList()));
        List<ScorePart> parts = new ArrayList<>();
        groups.forEach((instrument, own) -> parts.addAll(
                all(own, config, config.instruments().get(instrument), TimbrePath.fixed(model.timbre(instrument)))));
        return parts;
    }

    /** The instrument of that program, else one of its General MIDI family, else the one whose program is nearest. */
    static int nearest(List<Integer> programs, int program) {
        int best = 0;
        int bestDistance = Integer.MAX_VALUE;
        for (int i = 0; i < programs.size(); i++) {
            int found = programs.get(i);
            int distance = Math.abs(found - program) + (found / FAMILY == program / FAMILY ? 0 : 128);
            if (distance < bestDistance) {
                best = i;
                bestDistance = distance;
            }
        }
        return best;
    }
}
