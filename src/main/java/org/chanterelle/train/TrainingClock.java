package org.chanterelle.train;

/** How far a training job is, over all its runs: steps, time, and the mean loss since the last checkpoint. The training thread. */
public final class TrainingClock {
    private final long wantedSteps;
    private final double wantedSeconds;
    private final long firstStep;
    private final double secondsBefore;
    private final long startNanos = System.nanoTime();

    private long step;
    private long skippedSteps;
    private double seconds;
    private double lossSum;
    private int lossCount;

    /**
     * Goes on from what was done.
     *
     * @param steps to make in all, or 0
     * @param minutes to spend over all runs, where {@code steps} is 0
     * @param done by earlier runs
     */
    public TrainingClock(long steps, double minutes, TrainingState.Progress done) {
        wantedSteps = steps;
        wantedSeconds = 60 * minutes;
        step = firstStep = done.step();
        seconds = secondsBefore = done.seconds();
        skippedSteps = done.skippedSteps();
    }

    /** Counts a step with its loss; one that was not applied counts as skipped. */
    public void stepped(double loss, boolean applied) {
        step++;
        if (applied) {
            lossSum += loss;
            lossCount++;
        } else {
            skippedSteps++;
        }
    }

    /** Takes the time; all that is asked of it is as of the last time. */
    public void measure() {
        seconds = secondsBefore + (System.nanoTime() - startNanos) / 1e9;
    }

    /** The mean loss of the steps since this was last asked. */
    public double takeMeanLoss() {
        double mean = lossSum / Math.max(1, lossCount);
        lossSum = 0;
        lossCount = 0;
        return mean;
    }

    /** Share of what is wanted that is done, at most 1. */
    public double share() {
        return Math.min(1, wantedSteps > 0 ? (double) step / wantedSteps : seconds / wantedSeconds);
    }

    /** Whether all that is wanted is done. */
    public boolean done() {
        return share() >= 1;
    }

    /** Seconds to the end, if it goes on as fast as in this run. */
    public double secondsLeft() {
        return wantedSteps > 0 ? (wantedSteps - step) * secondsPerStep() : Math.max(0, wantedSeconds - seconds);
    }

    private double secondsPerStep() {
        return step == firstStep ? 0 : (seconds - secondsBefore) / (step - firstStep);
    }

    /** Steps made. */
    public long step() {
        return step;
    }

    /** Time spent, in minutes. */
    public double minutes() {
        return seconds / 60;
    }

    /** Steps that were not applied, their gradients not being finite. */
    public long skippedSteps() {
        return skippedSteps;
    }

    /** The end's figures, with those of the best checkpoint. */
    public TrainingResult result(double bestLoss, long bestStep) {
        return new TrainingResult(step, minutes(), bestLoss, bestStep, secondsPerStep(), skippedSteps);
    }
}
