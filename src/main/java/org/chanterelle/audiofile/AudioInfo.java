package org.chanterelle.audiofile;

/**
 * What the header of an audio file states, checked for plausibility.
 *
 * @param type kind of file
 * @param sampleRateHz frames a second
 * @param channels number of channels
 * @param frames length in frames, {@link #UNKNOWN} where the header does not tell (Ogg Vorbis, streamed FLAC)
 * @param bitsPerSample resolution; 0 where the notion does not apply (Ogg Vorbis)
 */
public record AudioInfo(AudioFileType type, int sampleRateHz, int channels, long frames, int bitsPerSample) {
    /** Length not told by the header. */
    public static final long UNKNOWN = -1;

    /** Length in seconds, NaN if unknown. */
    public double seconds() {
        return frames == UNKNOWN ? Double.NaN : (double) frames / sampleRateHz;
    }
}
