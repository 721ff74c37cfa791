package org.chanterelle.inference;

import org.chanterelle.rt.InputMessage;

/** The worker's side of a patch: messages in, control frames out. On the worker's thread only. */
public interface PatchPlayer {
    /** Number of the patch whose messages it takes. */
    int id();

    /** Takes the next message. */
    void accept(InputMessage message);

    /**
     * Does a little of what is to be done once all messages are taken; called again until there is nothing left.
     *
     * @return whether anything was done
     */
    default boolean advance() {
        return false;
    }
}
