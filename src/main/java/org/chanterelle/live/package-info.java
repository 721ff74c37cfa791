/**
 * Assembles a live session: driver, callback, worker, presets; and starts and ends it. Runs on the thread of whoever plays; loading is done
 * beside the sound. Imports driver, inference, model, rt, preset, signal, audiofile.
 */
package org.chanterelle.live;
