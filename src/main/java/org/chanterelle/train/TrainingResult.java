package org.chanterelle.train;

/**
 * What came of a training job.
 *
 * @param steps in all
 * @param minutes spent in all
 * @param bestLoss lowest validation loss, of the last stage where there are several
 * @param bestStep where it was reached
 * @param secondsPerStep of this run, checkpoints included
 * @param skippedSteps steps whose gradient was not finite
 */
public record TrainingResult(
        long steps, double minutes, double bestLoss, long bestStep, double secondsPerStep, long skippedSteps) {}
