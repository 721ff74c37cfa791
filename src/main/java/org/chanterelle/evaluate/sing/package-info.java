/**
 * How well a generator of single notes does: the published table on our notes, baselines, every playable cell, pictures.
 *
 * <p>Offline, one thread. May import what evaluate may.
 */
package org.chanterelle.evaluate.sing;
