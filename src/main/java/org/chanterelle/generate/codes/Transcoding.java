package org.chanterelle.generate.codes;

import ai.djl.Device;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleConsumer;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioInfo;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.audiofile.MonoWavStream;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.model.jukebox.StreamEncoder;
import org.chanterelle.model.jukebox.VqVae;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.rt.dsp.Resampler;
import org.chanterelle.signal.UserError;

/** Whole files: a recording to a file of codes, and back. Memory does not grow with their length. */
public final class Transcoding {
    private Transcoding() {}

    /**
     * Encodes a recording of any rate, its channels mixed to one.
     *
     * @param progress told the share done, where the recording's header states a length
     * @return what the file begins with
     */
    public static CodeHeader encode(Path in, Path out, VqVaeFolder folder, boolean force, DoubleConsumer progress) {
        CodeHeader[] header = new CodeHeader[1];
        try (VqVae model = new VqVae(folder, Device.cpu())) {
            OutputFile.write(out, force, partial -> {
                try (var channel = Files.newByteChannel(partial, StandardOpenOption.WRITE)) {
                    CodeWriter writer = new CodeWriter(channel, folder);
                    StreamEncoder encoder = new StreamEncoder(model, 0, writer::write);
                    Feed[] feed = new Feed[1];
                    AudioReader.stream(in, info -> feed[0] = new Feed(info, model.config().sampleRateHz(), encoder, progress));
                    feed[0].end();
                    header[0] = writer.finish(encoder.finish());
                }
            });
        }
        return header[0];
    }

    /** Mixes and resamples what is read. */
    private static final class Feed implements AudioReader.Blocks {
        private final AudioInfo info;
        private final int rateHz;
        private final StreamEncoder encoder;
        private final DoubleConsumer progress;
        private final Resampler resampler;
        private float[] mix = {};
        private float[] resampled = {};
        private long read;
        private long written;

        Feed(AudioInfo info, int rateHz, StreamEncoder encoder, DoubleConsumer progress) {
            this.info = info;
            this.rateHz = rateHz;
            this.encoder = encoder;
            this.progress = progress;
            resampler = new Resampler(info.sampleRateHz(), rateHz);
            resampler.startAligned();
        }

        @Override
        public void accept(float[][] channels, int frames) throws IOException {
            if (mix.length < frames) {
                mix = new float[frames];
            }
            Arrays.fill(mix, 0, frames, 0f);
            float gain = 1f / channels.length;
            for (float[] channel : channels) {
                for (int i = 0; i < frames; i++) {
                    mix[i] += gain * channel[i];
                }
            }
            read += frames;
            pass(mix, frames, Long.MAX_VALUE);
            if (info.frames() > 0) {
                progress.accept((double) read / info.frames());
            }
        }

        private void pass(float[] audio, int frames, long end) throws IOException {
            if (resampled.length < resampler.maxOutput(frames)) {
                resampled = new float[resampler.maxOutput(frames)];
            }
            int count = (int) Math.min(resampler.process(audio, 0, frames, resampled, 0), end - written);
            encoder.write(resampled, 0, count);
            written += count;
        }

        void end() throws IOException {
            int tail = resampler.tailFrames();
            pass(new float[tail], tail, Math.max(1, Math.round((double) read * rateHz / info.sampleRateHz())));
        }
    }

    /**
     * Decodes to WAV or FLAC, by the name of {@code out}, at the model's rate, 24 bits.
     *
     * @throws UserError when the codes are of another model, or too many for FLAC, which is written at once
     */
    public static void decode(CodeFile codes, Path in, Path out, VqVaeFolder folder, boolean force, DoubleConsumer progress) {
        CodeHeader header = codes.header();
        header.checkModel(in, folder);
        AudioWriter.checkExtension(out);
        OutputFile.check(out, force);
        try (VqVae model = new VqVae(folder, Device.cpu())) {
            if (out.toString().toLowerCase(Locale.ROOT).endsWith(".flac")) {
                long most = 60L * AudioReader.MAX_MINUTES * header.sampleRateHz();
                if (header.frames() > most) {
                    throw new UserError(out + ": FLAC is written for at most " + AudioReader.MAX_MINUTES
                            + " minutes; these codes are longer. Write WAV");
                }
                Collector collector = new Collector((int) header.frames());
                decode(codes, model, collector, progress);
                AudioWriter.write(out, AudioClip.mono(collector.audio, header.sampleRateHz()), force);
                return;
            }
            OutputFile.write(out, force, partial -> {
                try (MonoWavStream wav = new MonoWavStream(new BufferedOutputStream(Files.newOutputStream(partial)),
                        header.sampleRateHz(), AudioWriter.SampleFormat.PCM_24, header.frames())) {
                    decode(codes, model, wav::write, progress);
                }
            });
        } catch (IOException e) {
            throw new UserError(1, out + ": writing failed: " + e.getMessage() + ". Free some space or write elsewhere", e);
        }
    }

    /** Holds all. */
    private static final class Collector implements StreamDecoder.Audio {
        private final float[] audio;
        private int count;

        Collector(int frames) {
            audio = new float[frames];
        }

        @Override
        public void accept(float[] some, int offset, int frames) {
            System.arraycopy(some, offset, audio, count, frames);
            count += frames;
        }
    }

    private static void decode(CodeFile codes, VqVae model, StreamDecoder.Audio sink, DoubleConsumer progress)
            throws IOException {
        long[] written = {0};
        long frames = codes.header().frames();
        StreamDecoder decoder = new StreamDecoder(model, 0, (audio, offset, count) -> {
            int wanted = (int) Math.min(count, frames - written[0]);
            sink.accept(audio, offset, wanted);
            written[0] += wanted;
            progress.accept((double) written[0] / frames);
        });
        int[] some = new int[4096];
        for (int count = codes.read(some, 0, some.length); count > 0; count = codes.read(some, 0, some.length)) {
            decoder.write(some, 0, count);
        }
        decoder.finish();
    }
}
