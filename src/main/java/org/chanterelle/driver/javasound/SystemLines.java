package org.chanterelle.driver.javasound;

import java.util.Locale;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.SourceDataLine;
import javax.sound.sampled.TargetDataLine;
import org.chanterelle.signal.UserError;

/** The lines that the JDK finds. */
final class SystemLines implements SoundLines {
    private static final int[] COMMON_RATES_HZ = {48_000, 44_100, 96_000};
    private static final int[] BITS = {24, 16};

    @Override
    public SoundLine openPlayback(JavaSoundSettings settings) {
        String refusal = null;
        for (Mixer.Info mixer : AudioSystem.getMixerInfo()) {
            if (matches(mixer, settings)) {
                try {
                    SoundLine line = openPlayback(mixer, settings);
                    if (line != null) {
                        return line;
                    }
                } catch (LineUnavailableException | RuntimeException e) {
                    refusal = mixer.getName() + ": " + e.getMessage();
                }
            }
        }
        throw new UserError(
                "javasound: " + (refusal == null ? missing(settings) : "the sound output cannot be opened: " + refusal)
                        + ". Connect or free a sound card, start a JACK server, or use --driver file");
    }

    private static String missing(JavaSoundSettings settings) {
        return settings.device().isEmpty()
                ? "this machine has no sound output that plays two channels of 16 or 24 bits"
                : "no sound output has '" + settings.device() + "' in its name; chanterelle devices lists them";
    }

    private static boolean matches(Mixer.Info mixer, JavaSoundSettings settings) {
        return mixer.getName().toLowerCase(Locale.ROOT).contains(settings.device().toLowerCase(Locale.ROOT));
    }

    private static SoundLine openPlayback(Mixer.Info mixer, JavaSoundSettings settings) throws LineUnavailableException {
        SoundLine line = openPlayback(mixer, settings, settings.sampleRateHz());
        for (int i = 0; line == null && i < COMMON_RATES_HZ.length; i++) {
            line = openPlayback(mixer, settings, COMMON_RATES_HZ[i]);
        }
        return line;
    }

    private static SoundLine openPlayback(Mixer.Info info, JavaSoundSettings settings, int sampleRateHz)
            throws LineUnavailableException {
        Mixer mixer = AudioSystem.getMixer(info);
        for (int bits : BITS) {
            AudioFormat format = format(sampleRateHz, bits, 2);
            DataLine.Info wanted = new DataLine.Info(SourceDataLine.class, format);
            if (mixer.isLineSupported(wanted)) {
                SourceDataLine line = (SourceDataLine) mixer.getLine(wanted);
                line.open(format, bufferBytes(settings, format));
                return new SystemLine(info.getName(), line);
            }
        }
        return null;
    }

    @Override
    public SoundLine openCapture(JavaSoundSettings settings, int sampleRateHz) {
        for (Mixer.Info mixer : AudioSystem.getMixerInfo()) {
            if (matches(mixer, settings)) {
                try {
                    SoundLine line = openCapture(mixer, settings, sampleRateHz);
                    if (line != null) {
                        return line;
                    }
                } catch (LineUnavailableException | RuntimeException e) {
                    // Another may do; without any the driver says that there is no input.
                    continue;
                }
            }
        }
        return null;
    }

    private static SoundLine openCapture(Mixer.Info info, JavaSoundSettings settings, int sampleRateHz)
            throws LineUnavailableException {
        Mixer mixer = AudioSystem.getMixer(info);
        for (int channels = 1; channels <= 2; channels++) {
            for (int bits : BITS) {
                AudioFormat format = format(sampleRateHz, bits, channels);
                DataLine.Info wanted = new DataLine.Info(TargetDataLine.class, format);
                if (mixer.isLineSupported(wanted)) {
                    TargetDataLine line = (TargetDataLine) mixer.getLine(wanted);
                    line.open(format, bufferBytes(settings, format));
                    return new SystemLine(info.getName(), line);
                }
            }
        }
        return null;
    }

    private static AudioFormat format(int sampleRateHz, int bits, int channels) {
        return new AudioFormat(sampleRateHz, bits, channels, true, false);
    }

    private static int bufferBytes(JavaSoundSettings settings, AudioFormat format) {
        return settings.bufferBlocks() * settings.blockFrames() * format.getFrameSize();
    }
}
