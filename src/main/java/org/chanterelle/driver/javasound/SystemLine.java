package org.chanterelle.driver.javasound;

import javax.sound.sampled.DataLine;
import javax.sound.sampled.SourceDataLine;
import javax.sound.sampled.TargetDataLine;

/** An open line of the JDK. */
final class SystemLine implements SoundLine {
    private final String name;
    private final DataLine line;
    private final PcmCodec codec;

    SystemLine(String name, DataLine line) {
        this.name = name;
        this.line = line;
        codec = new PcmCodec(line.getFormat().getSampleSizeInBits(), line.getFormat().getChannels());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PcmCodec codec() {
        return codec;
    }

    @Override
    public int sampleRateHz() {
        return Math.round(line.getFormat().getSampleRate());
    }

    @Override
    public int bufferFrames() {
        return line.getBufferSize() / codec.frameBytes();
    }

    @Override
    public int availableFrames() {
        return line.available() / codec.frameBytes();
    }

    @Override
    public void start() {
        line.start();
    }

    @Override
    public int transfer(byte[] bytes, int count) {
        return line instanceof SourceDataLine out ? out.write(bytes, 0, count) : ((TargetDataLine) line).read(bytes, 0, count);
    }

    @Override
    public void close() {
        line.close();
    }
}
