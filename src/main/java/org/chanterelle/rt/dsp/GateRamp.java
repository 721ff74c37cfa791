package org.chanterelle.rt.dsp;

import org.chanterelle.signal.RealTime;

/** A gate that opens and closes at given frames, within a short time each, so that nothing clicks. */
public final class GateRamp {
    /** Time of a whole move that no ear hears as a fade and that clicks on no tone. */
    public static final double SECONDS = 0.002;

    private static final int CAPACITY = 16;
    private static final int NEVER = Integer.MAX_VALUE;

    private final float step;
    private final int[] dueFrames = new int[CAPACITY];
    private final boolean[] opens = new boolean[CAPACITY];
    private int count;
    private boolean open;
    private float position;

    /**
     * @param seconds time in which it opens or closes
     * @param sampleRateHz device rate
     */
    public GateRamp(double seconds, double sampleRateHz) {
        step = (float) (1 / Math.max(1, seconds * sampleRateHz));
    }

    /** Is open or shut at once; forgets what was scheduled. */
    @RealTime
    public void reset(boolean nowOpen) {
        count = 0;
        open = nowOpen;
        position = nowOpen ? 1f : 0f;
    }

    /**
     * Schedules a move; of moves due at the same frame the last counts. When too many wait, the last one is replaced.
     *
     * @param framesAhead frames from the next one to be processed to the first that moves; what lies in the past is due now
     */
    @RealTime
    public void schedule(boolean opening, int framesAhead) {
        int due = Math.max(0, framesAhead);
        int place = Math.min(count, CAPACITY - 1);
        while (place > 0 && dueFrames[place - 1] > due) {
            dueFrames[place] = dueFrames[place - 1];
            opens[place] = opens[place - 1];
            place--;
        }
        dueFrames[place] = due;
        opens[place] = opening;
        count = Math.min(count + 1, CAPACITY);
    }

    /** Whether all is shut and stays so for now. */
    @RealTime
    public boolean isShut() {
        return !open && position == 0f && count == 0;
    }

    /** Gates {@code frames} frames in place. */
    @RealTime
    public void process(float[] audio, int offset, int frames) {
        int done = 0;
        while (done < frames) {
            int next = takeDue();
            int size = Math.min(next, frames - done);
            move(audio, offset + done, size);
            for (int i = 0; i < count; i++) {
                dueFrames[i] -= size;
            }
            done += size;
        }
    }

    /** Starts what is due and tells the frames until the next move. */
    @RealTime
    private int takeDue() {
        int taken = 0;
        while (taken < count && dueFrames[taken] == 0) {
            open = opens[taken++];
        }
        count -= taken;
        for (int i = 0; i < count; i++) {
            dueFrames[i] = dueFrames[i + taken];
            opens[i] = opens[i + taken];
        }
        return count == 0 ? NEVER : dueFrames[0];
    }

    @RealTime
    private void move(float[] audio, int offset, int frames) {
        float target = open ? 1f : 0f;
        for (int i = offset; i < offset + frames; i++) {
            if (position != target) {
                position = open ? Math.min(1f, position + step) : Math.max(0f, position - step);
            } else if (open) {
                return;
            }
            audio[i] *= position * position * (3f - 2f * position);
        }
    }
}
