/**
 * The vocabulary that every other package shares: units, the features of a sound, the controls of a synthesiser, and parameters.
 *
 * <p>Any thread: records are immutable; the mutable slots ({@link AudioFeatures}, {@link SynthControls}) belong to whoever holds
 * them. Imports java.base only.
 */
package org.chanterelle.signal;
