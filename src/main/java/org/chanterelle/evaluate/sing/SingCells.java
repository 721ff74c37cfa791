package org.chanterelle.evaluate.sing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.chanterelle.evaluate.ExternalPitch;
import org.chanterelle.model.sing.SingCard;
import org.chanterelle.model.sing.SingFolder;
import org.chanterelle.rt.dsp.HighPass;
import org.chanterelle.train.notes.NoteEntry;
import org.chanterelle.train.notes.NoteFolder;
import org.chanterelle.train.notes.NoteSet;

/**
 * Every (instrument, pitch) of a model over its range, at one velocity.
 *
 * @param velocity MIDI velocity
 * @param cells what was found of each
 * @param remarks what could not be judged
 */
public record SingCells(int velocity, List<Cell> cells, List<String> remarks) {
    /**
     * One cell.
     *
     * @param instrument its name
     * @param pitch MIDI number
     * @param trained whether notes of this pitch were trained on; false for held-out pitches and gaps
     * @param cents from the pitch that it should have; null if the judge hears neither this nor the true note
     * @param levelDb against the true note; null if there is none
     * @param offsetDbfs level of its mean before the player's high-pass
     * @param clicks if the true note has none
     * @param faults one word each; empty if it is fit to play
     */
    public record Cell(String instrument, int pitch, boolean trained, Double cents, Double levelDb, double offsetDbfs, int clicks,
            List<String> faults) {}

    private static final double PLAYER_HZ = 10;

    /** Checks a model with its own blocks. */
    public static SingCells of(SingFolder model, NoteFolder notes, EvaluateSing.Listener listener) {
        try (SingBlocks sing = new SingBlocks(model)) {
            return of(sing, model.card(), notes, ExternalPitch.find(), listener);
        }
    }

    static SingCells of(NoteGenerator generator, SingCard card, NoteFolder notes, Optional<ExternalPitch> judge,
            EvaluateSing.Listener listener) {
        List<Integer> velocities = card.config().velocities();
        int velocity = velocities.get(velocities.size() / 2);
        Map<String, NoteEntry> truths = new HashMap<>();
        for (NoteSet set : NoteSet.values()) {
            notes.notes(set).stream().filter(n -> n.velocity() == velocity)
                    .forEach(n -> truths.put(n.instrument() + " " + n.pitch(), n));
        }
        CellCheck check = new CellCheck(judge);
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < card.instruments().size(); i++) {
            SingCard.Instrument instrument = card.instruments().get(i);
            for (int pitch = instrument.lowestPitch(); pitch <= instrument.highestPitch(); pitch++) {
                double within = (pitch - instrument.lowestPitch()) / (1.0 + instrument.highestPitch() - instrument.lowestPitch());
                listener.progress((i + within) / card.instruments().size(), instrument.name() + " " + pitch);
                NoteEntry entry = truths.get(instrument.name() + " " + pitch);
                float[] rendered = generator.render(instrument.name(), pitch, velocity);
                double offsetDbfs = CellCheck.offsetDbfs(rendered);
                CellCheck.Found found = check.check(asPlayed(rendered), entry == null ? null : asPlayed(notes.load(entry)),
                        pitch);
                boolean trained = entry != null && notes.notes(NoteSet.TRAIN).contains(entry);
                cells.add(new Cell(instrument.name(), pitch, trained, found.cents(), found.levelDb(), offsetDbfs,
                        found.clicks(), found.faults()));
            }
        }
        return new SingCells(velocity, List.copyOf(cells), judge.isPresent() ? List.of() : List.of(ExternalPitch.MISSING));
    }

    /** Behind the player's high-pass, see the engines' output. */
    private static float[] asPlayed(float[] note) {
        float[] played = note.clone();
        for (int i = 0; i < 2; i++) {
            new HighPass(PLAYER_HZ, NoteFolder.RATE_HZ).process(played, 0, played.length);
        }
        return played;
    }

    /** Cells with a fault. */
    public List<Cell> failing() {
        return cells.stream().filter(cell -> !cell.faults.isEmpty()).toList();
    }

    /** What fails, instrument by instrument. */
    public String table() {
        StringBuilder table = new StringBuilder(String.format(Locale.ROOT,
                "cells at velocity %d: %d of %d fail (%d of them never trained on); in %d no pitch could be judged, %d have no true note, %d have an"
                        + " offset above -60 dBFS that the player takes away%n",
                velocity, failing().size(), cells.size(), failing().stream().filter(cell -> !cell.trained).count(),
                cells.stream().filter(cell -> cell.cents == null && cell.faults.stream().noneMatch("no pitch"::equals)).count(),
                cells.stream().filter(cell -> cell.levelDb == null).count(),
                cells.stream().filter(cell -> cell.offsetDbfs > CellCheck.DC_DBFS).count()));
        Map<String, List<String>> byInstrument = new java.util.LinkedHashMap<>();
        failing().forEach(cell -> byInstrument.computeIfAbsent(cell.instrument, name -> new ArrayList<>())
                .add(cell.pitch + (cell.trained ? "" : "*") + " (" + String.join(", ", cell.faults) + ")"));
        byInstrument.forEach((name, list) -> table.append(
                String.format(Locale.ROOT, "%-20s %3d: %s%n", name, list.size(), String.join("; ", list))));
        remarks.forEach(remark -> table.append(remark).append(System.lineSeparator()));
        return table.append(byInstrument.isEmpty() ? "" : "* never trained on" + System.lineSeparator()).toString();
    }
}
