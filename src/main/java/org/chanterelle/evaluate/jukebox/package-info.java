/**
 * How well levels of codes for music do: what comes back of held-out recordings, how the codes are used, another codec beside them.
 *
 * <p>Offline, one thread. May import what evaluate may.
 */
package org.chanterelle.evaluate.jukebox;
