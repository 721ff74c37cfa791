package org.chanterelle.model.sing;

import java.util.ArrayList;
import java.util.List;

/**
 * By how much each pitch of each instrument is raised so that it sounds as loud as the notes it was learned from: under a loss of
 * logarithms a network plays too softly what it is unsure of. Immutable.
 */
public final class SingLevels {
    /** Most that a pitch is raised or lowered by. */
    public static final double MOST_DB = 24;

    private final int lowestPitch;
    private final List<SingCard.Instrument> instruments;

    private SingLevels(int lowestPitch, List<SingCard.Instrument> instruments) {
        this.lowestPitch = lowestPitch;
        this.instruments = instruments;
    }

    /** As the network plays by itself. */
    public static SingLevels none() {
        return new SingLevels(0, List.of());
    }

    /** As a card tells. */
    public static SingLevels of(SingCard card) {
        return new SingLevels(card.config().lowestPitch(), List.copyOf(card.instruments()));
    }

    /**
     * The factor of a note.
     *
     * @param instrument row of the look-up table
     * @param other row of the instrument it is morphed to
     * @param share of the way there, 0 to 1
     * @param pitch row of the look-up table; beyond an instrument's range its nearest pitch counts
     */
    public float gain(int instrument, int other, float share, int pitch) {
        return (float) Math.pow(10, ((1 - share) * db(instrument, pitch) + share * db(other, pitch)) / 20);
    }

    private double db(int instrument, int pitch) {
        if (instruments.isEmpty()) {
            return 0;
        }
        SingCard.Instrument own = instruments.get(instrument);
        return own.levelsDb() == null
                ? 0
                : own.levelsDb().get(Math.clamp(pitch + lowestPitch - own.lowestPitch(), 0, own.levelsDb().size() - 1));
    }

    /**
     * Levels for a card.
     *
     * @param measuredDb one for each pitch of an instrument's range, NaN where there is no note to compare with: those lie on the line
     *     between their neighbours
     * @return bounded, in tenths of a decibel
     * @throws IllegalArgumentException when nothing was measured
     */
    public static List<Double> complete(double[] measuredDb) {
        List<Double> levels = new ArrayList<>();
        for (int i = 0; i < measuredDb.length; i++) {
            int below = next(measuredDb, i, -1);
            int above = next(measuredDb, i, 1);
            if (below < 0 && above < 0) {
                throw new IllegalArgumentException("no level was measured");
            }
            below = below < 0 ? above : below;
            above = above < 0 ? below : above;
            double share = above == below ? 0 : (double) (i - below) / (above - below);
            double db = (1 - share) * measuredDb[below] + share * measuredDb[above];
            levels.add(Math.round(10 * Math.clamp(db, -MOST_DB, MOST_DB)) / 10.0);
        }
        return List.copyOf(levels);
    }

    private static int next(double[] values, int from, int step) {
        int at = from;
        while (at >= 0 && at < values.length && Double.isNaN(values[at])) {
            at += step;
        }
        return at < values.length ? at : -1;
    }
}
