package org.chanterelle.inference;

import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.model.timbre.TimbreConfig;

/** A timbre model's network where it runs: one for any number of players. Safe on any thread; its decoders are not. */
public sealed interface LiveNetwork permits DecoderWeights, DjlNetwork {
    /** Size and conventions of the network. */
    TimbreConfig config();

    /** How features become its inputs. */
    Normalisation normalisation();

    /** A decoder for so many voices, all in their initial state. */
    StepDecoder decoder(int voices);
}
