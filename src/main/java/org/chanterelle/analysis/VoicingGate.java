package org.chanterelle.analysis;

/** The gate on level and periodicity, with hysteresis in both and in time. */
final class VoicingGate {
    private final GateSettings settings;
    private final int openFrames;
    private final int closeFrames;
    private boolean open;
    private int streak;

    VoicingGate(GateSettings settings, double controlRateHz) {
        this.settings = settings;
        openFrames = Math.max(1, (int) Math.round(settings.openSeconds() * controlRateHz));
        closeFrames = Math.max(1, (int) Math.round(settings.closeSeconds() * controlRateHz));
    }

    void reset() {
        open = false;
        streak = 0;
    }

    /**
     * Takes one control frame.
     *
     * @param strength periodicity of the pitch, 0 if there is none
     * @return whether the gate is open in this frame; never without a pitch
     */
    boolean pass(double loudnessDb, double strength) {
        boolean loud = loudnessDb >= (open ? settings.closeDb() : settings.openDb());
        boolean periodic = strength >= (open ? settings.closeStrength() : settings.openStrength());
        boolean wanted = loud && periodic;
        streak = wanted == open ? 0 : streak + 1;
        if (streak >= (open ? closeFrames : openFrames)) {
            open = !open;
            streak = 0;
        }
        return open;
    }
}
