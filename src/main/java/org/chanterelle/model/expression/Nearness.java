package org.chanterelle.model.expression;

/**
 * How much a measured note counts in a context: 1 when it was played in the same, less the more they differ. The weight falls as a
 * power, not as a bell: where nothing was played nearby, all notes count about alike, and the draw falls back to the pool.
 */
enum Nearness {
    /** Of beginnings: the gap and the interval before tell most. */
    ONSET(9, 5, 1, 3, 0.35),
    /** Of bodies: pitch and level tell most. */
    BODY(7, 12, 3, 0.7, 0.3);

    private static final double SHORTEST_GAP_SECONDS = 0.02;
    private static final double LONGEST_GAP_SECONDS = 2;
    private static final double UNKNOWN = 1;

    private final double keyScale;
    private final double intervalScale;
    private final double gapOctaves;
    private final double legatoDistance;
    private final double levelScale;

    Nearness(double keyScale, double intervalScale, double gapOctaves, double legatoDistance, double levelScale) {
        this.keyScale = keyScale;
        this.intervalScale = intervalScale;
        this.gapOctaves = gapOctaves;
        this.legatoDistance = legatoDistance;
        this.levelScale = levelScale;
    }

    /** Weight of a note played in {@code measured} when a note is asked for in {@code asked}; above 0, at most 1. */
    double weight(NoteContext asked, NoteContext measured) {
        double distance = square((asked.key() - measured.key()) / keyScale)
                + square((asked.level() - measured.level()) / levelScale)
                + interval(asked.intervalSemitones(), measured.intervalSemitones())
                + gap(asked.gapSeconds(), measured.gapSeconds());
        double near = 1 / (1 + distance);
        return near * near * near;
    }

    private double interval(double asked, double measured) {
        if (Double.isNaN(asked) || Double.isNaN(measured)) {
            return Double.isNaN(asked) == Double.isNaN(measured) ? 0 : UNKNOWN;
        }
        return square((asked - measured) / intervalScale);
    }

    private double gap(double asked, double measured) {
        boolean legato = asked <= 0;
        if (legato != measured <= 0) {
            return square(legatoDistance);
        }
        return legato ? 0 : square((octaves(asked) - octaves(measured)) / gapOctaves);
    }

    private static double octaves(double gapSeconds) {
        return Math.log(SHORTEST_GAP_SECONDS + Math.min(gapSeconds, LONGEST_GAP_SECONDS)) / Math.log(2);
    }

    private static double square(double x) {
        return x * x;
    }
}
