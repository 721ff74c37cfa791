/**
 * Training of Mel2Mel from rendered scores.
 *
 * <p>Offline, one thread for each job. May import audiofile, model, signal, train and DJL.
 */
package org.chanterelle.train.mel2mel;
