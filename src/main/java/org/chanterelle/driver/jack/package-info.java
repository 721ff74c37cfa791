/**
 * The JACK driver: libjack through the Foreign Function and Memory API, no native code of our own. JACK2 and PipeWire's JACK alike:
 * whichever {@code libjack.so.0} the loader finds.
 *
 * <p>Threads: {@link org.chanterelle.driver.jack.JackDriver} is controlled from one; {@code JackCycle} runs on libjack's real-time
 * thread; libjack's notifications arrive on its own threads; one watcher looks after connections and the server's return. Pointers
 * are longs throughout. Imports driver, rt and signal.
 */
package org.chanterelle.driver.jack;
