package org.chanterelle.analysis;

/** When a control frame is told. */
public enum Timing {
    /** As early as its pitch can be known: high voices from short windows, low ones from long windows, all ending now. */
    LIVE,

    /** Everything after one constant delay: windows centred on the frame's instant, decisions with a little foresight. */
    RECORD
}
