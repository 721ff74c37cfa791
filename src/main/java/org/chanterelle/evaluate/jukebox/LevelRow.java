package org.chanterelle.evaluate.jukebox;

/**
 * One row of the table.
 *
 * @param name of the model or the codec
 * @param level 0 for the bottom one; -1 for a codec
 * @param hop audio frames a code; 0 for a codec
 * @param bitsPerSecond of the codes, or of the codec's file
 * @param fidelity what came back
 * @param untrained the same of the network before training; null for a codec
 * @param publishedDb the published level's spectral convergence; NaN where there is none
 * @param codes that there are
 * @param used codes that occur in the excerpts
 * @param entropyBits of the codes in the excerpts; 2 to that power is how many equally frequent ones would be
 * @param encodeTimesRealTime speed
 * @param decodeTimesRealTime speed
 */
public record LevelRow(String name, int level, int hop, double bitsPerSecond, Fidelity fidelity, Fidelity untrained,
        double publishedDb, int codes, int used, double entropyBits, double encodeTimesRealTime, double decodeTimesRealTime) {}
