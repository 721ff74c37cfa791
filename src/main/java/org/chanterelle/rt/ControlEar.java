package org.chanterelle.rt;

import org.chanterelle.signal.ControlMapping;
import org.chanterelle.signal.RealTime;

/**
 * Notices which controller a player moves: the first that may be mapped and comes with two different values, so that neither a keyboard
 * that tells all its controllers at once nor one that repeats itself is taken for a hand. Asked from any thread, answered by the audio
 * thread.
 */
public final class ControlEar {
    private static final int NOTHING = -1;

    private final float[] first = new float[ControlMapping.CONTROLLERS];
    private volatile int wishes;
    private volatile int answer = NOTHING;
    private int granted;
    private boolean listening;

    /** Listens anew; what was heard is forgotten. Any thread, one at a time. */
    public void listen() {
        answer = NOTHING;
        wishes = wishes + 1;
    }

    /** The controller that moved since {@link #listen}, once; -1 for none yet. The same thread. */
    public int take() {
        int heard = answer;
        answer = NOTHING;
        return heard;
    }

    /** A controller stands at a value, 0 to 1. On the audio thread. */
    @RealTime
    void hear(int control, float share) {
        int wish = wishes;
        if (wish != granted) {
            granted = wish;
            listening = true;
            for (int i = 0; i < first.length; i++) {
                first[i] = NOTHING;
            }
        }
        if (!listening) {
            return;
        }
        if (first[control] == NOTHING) {
            first[control] = share;
        } else if (first[control] != share && ControlMapping.canMap(control)) {
            listening = false;
            answer = highByte(control);
        }
    }

    /** A low byte moves more than its high one, but what is meant is the controller of both. */
    @RealTime
    private int highByte(int control) {
        int high = control - ControlMapping.TO_LOW;
        boolean isLow = high > 0 && high < ControlMapping.TO_LOW && first[high] != NOTHING && ControlMapping.canMap(high);
        return isLow ? high : control;
    }
}
