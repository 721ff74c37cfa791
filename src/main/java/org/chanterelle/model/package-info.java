/**
 * Model folders: a {@code card.json} that says what a network is, how it was made and from what, and {@code weights.safetensors}
 * beside it. Loading checks everything against the card and explains what is wrong; no code is ever read from a file.
 *
 * <p>Off the audio thread. May import ddsp, signal and DJL.
 */
package org.chanterelle.model;
