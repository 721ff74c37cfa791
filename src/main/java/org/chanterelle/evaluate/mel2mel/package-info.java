/**
 * How good a Mel2Mel model is: nearness to the rendering it learned from, right notes, timbres that are told apart and blend.
 *
 * <p>Offline, any one thread. May import what evaluate may.
 */
package org.chanterelle.evaluate.mel2mel;
