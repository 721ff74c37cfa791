package org.chanterelle.train;

/**
 * One row of the loss curve.
 *
 * @param step optimiser steps done
 * @param minutes spent training
 * @param trainLoss mean over the steps since the row before
 * @param validLoss over the held-out recordings, with the running average of the weights
 * @param learningRate at that step
 */
public record LossPoint(long step, double minutes, double trainLoss, double validLoss, double learningRate) {}
