/**
 * Scores through Mel2Mel and a vocoder: any length, each part in its timbre, or between timbres.
 *
 * <p>Any thread but the audio thread; deterministic in its arguments. May import what generate may.
 */
package org.chanterelle.generate.mel2mel;
