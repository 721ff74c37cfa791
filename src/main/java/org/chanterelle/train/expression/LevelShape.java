package org.chanterelle.train.expression;

/**
 * The course of the level of one note.
 *
 * @param onset frame at which the note leaves the valley before it, or is 25 dB below its body
 * @param attackEnd first frame within 3 dB of the body's mean
 * @param bodyDb mean level from there to the end
 */
record LevelShape(int onset, int attackEnd, double bodyDb) {
    private static final double WITHIN_DB = 3;
    private static final double OUT_OF_VALLEY_DB = 1.0;
    private static final double BELOW_BODY_DB = 25;
    private static final double BEFORE_SECONDS = 0.1;
    private static final double END_SECONDS = 0.03;

    static LevelShape of(float[] levelDb, NoteSpan note, int earliest, double rateHz) {
        int end = Math.max(note.from() + 2, note.to() - (int) (END_SECONDS * rateHz));
        double loud = Curve.median(levelDb, note.from(), end);
        int onset = note.from();
        if (!note.legato()) {
            int reach = Math.max(earliest, note.from() - (int) (BEFORE_SECONDS * rateHz));
            int rise = note.from();
            while (rise < end && levelDb[rise] < loud - WITHIN_DB) {
                rise++;
            }
            int valley = Curve.lowest(levelDb, Math.min(reach, note.from()), rise + 1);
            double start = Math.max(levelDb[valley] + OUT_OF_VALLEY_DB, loud - BELOW_BODY_DB);
            onset = rise;
            while (onset > valley && levelDb[onset] > start) {
                onset--;
            }
        }
        int attackEnd = firstAbove(levelDb, onset, end, loud - WITHIN_DB);
        double body = Curve.mean(levelDb, attackEnd, Math.max(attackEnd + 1, end));
        attackEnd = firstAbove(levelDb, onset, end, body - WITHIN_DB);
        return new LevelShape(onset, attackEnd, body);
    }

    private static int firstAbove(float[] levelDb, int from, int to, double db) {
        int at = from;
        while (at < to - 1 && levelDb[at] < db) {
            at++;
        }
        return at;
    }
}
