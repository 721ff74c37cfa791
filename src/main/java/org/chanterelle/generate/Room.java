package org.chanterelle.generate;

import java.nio.file.Path;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.inference.RoomChoice;
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
                yield new Room(RoomResponse.of(ImpulseFile.directFirst(file, clip)).at(clip.sampleRateHz(), rateHz));
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
        int room = index < 0 ? RoomChoice.best(model) : index;
        return RoomResponse.learned(config, reverbs, room).at(config.sampleRateHz(), rateHz);
    }

    /** Frames by which it sounds on. */
    int tailFrames() {
        return response == null ? 0 : response.tail().length;
    }

    /** Puts the sound, which must end with room for the tail, into the room: in place. Returns it. */
    public float[] play(float[] audio) {
        if (response == null) {
            return audio;
        }
        ConvolutionReverb reverb = response.reverb();
        for (int done = 0; done < audio.length; done += BLOCK) {
            reverb.process(audio, done, audio, done, Math.min(BLOCK, audio.length - done));
        }
        return audio;
    }
}
