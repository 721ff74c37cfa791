package org.chanterelle.driver.javasound;

/**
 * What a {@link JavaSoundDriver} asks for.
 *
 * @param device part of the device's name, case ignored; empty for the first that can play
 * @param sampleRateHz wanted rate; another is taken when the device has only that
 * @param blockFrames frames in a block
 * @param bufferBlocks blocks in the device's buffers, at least 2
 */
public record JavaSoundSettings(String device, int sampleRateHz, int blockFrames, int bufferBlocks) {
    /** Any device at 48 kHz, with buffers that most machines keep up with. */
    public static final JavaSoundSettings DEFAULT = new JavaSoundSettings("", 48_000, 256, 4);

    public JavaSoundSettings {
        if (sampleRateHz <= 0 || blockFrames < 1 || bufferBlocks < 2) {
            throw new IllegalArgumentException(
                    "no way to play: " + sampleRateHz + " Hz, " + bufferBlocks + " blocks of " + blockFrames);
        }
    }
}
