package org.chanterelle.generate;

import java.nio.file.Path;
import java.util.Arrays;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.inference.RoomResponse;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.rt.dsp.ConvolutionReverb;
import org.chanterelle.signal.UserError;

/** The room of one transfer, at the output's rate; perhaps none. */
public final class Room {
    private static final int BLOCK = 4096;

    /** Null for none. */
    private final RoomResponse response;

    private Room(RoomResponse response) {
        this.response = response;
    }

    /**
     * The room asked for.
     *
     * @throws UserError when the model has no such room, or the file holds no impulse response
     */
    public static Room of(ModelFolder model, TransferSettings.Reverb reverb, int rateHz) {
        return switch (reverb) {
            case TransferSettings.Reverb.None() -> new Room(null);
            case TransferSettings.Reverb.Own(int index) -> new Room(learned(model, index, rateHz));
            case TransferSettings.Reverb.Impulse(Path file) -> {
                AudioClip clip = AudioReader.read(file);
                yield new Room(RoomResponse.at(ImpulseFile.directFirst(file, clip), clip.sampleRateHz(), rateHz));
            }
        };
    }

    private static RoomResponse learned(ModelFolder model, int index, int rateHz) {
        TimbreConfig config = model.card().config();
        if (config.reverbTaps() == 0) {
            return null;
        }
        if (index >= config.rooms()) {
            throw new UserError(model.path() + ": room " + (index + 1) + " asked for, the model has " + config.rooms()
                    + ". 'chanterelle models' lists them.");
        }
        Tensor reverbs = model.weights().get("reverb");
        float[] impulse = RoomResponse.learned(config, reverbs, index < 0 ? RoomChoice.best(model) : index);
        return RoomResponse.at(impulse, config.sampleRateHz(), rateHz);
    }

    /** Frames by which it sounds on. */
    int tailFrames() {
        return response == null ? 0 : response.impulse().length - response.leadFrames();
    }

    /** The sound in the room; as long as the sound, which must end with room for the tail. */
    public float[] play(float[] audio) {
        if (response == null) {
            return audio;
        }
        ConvolutionReverb reverb = new ConvolutionReverb(response.impulse(), 0f, ConvolutionReverb.DEFAULT_PARTITION);
        float[] late = Arrays.copyOf(audio, audio.length + response.leadFrames());
        for (int done = 0; done < late.length; done += BLOCK) {
            reverb.process(late, done, late, done, Math.min(BLOCK, late.length - done));
        }
        return Arrays.copyOfRange(late, response.leadFrames(), late.length);
    }
}
