package org.chanterelle.driver.javasound;

/** Opens the lines of a machine. */
interface SoundLines {
    /**
     * A line that plays two channels.
     *
     * @throws org.chanterelle.signal.UserError when there is none
     */
    SoundLine openPlayback(JavaSoundSettings settings);

    /** A line that records one or two channels at that rate, or null when there is none. */
    SoundLine openCapture(JavaSoundSettings settings, int sampleRateHz);
}
