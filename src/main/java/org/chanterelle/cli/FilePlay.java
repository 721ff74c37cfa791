package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.chanterelle.analysis.Timing;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.audiofile.MidiFile;
import org.chanterelle.driver.file.CollectedSound;
import org.chanterelle.driver.file.FileDriver;
import org.chanterelle.driver.file.FileSettings;
import org.chanterelle.generate.Transfer;
import org.chanterelle.generate.TransferResult;
import org.chanterelle.generate.TransferSettings;
import org.chanterelle.inference.ComputeDevice;
import org.chanterelle.live.BowedScore;
import org.chanterelle.live.LiveSession;
import org.chanterelle.live.LiveSound;
import org.chanterelle.live.LiveStats;
import org.chanterelle.live.PresetPlayer;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.sing.SingFolder;
import org.chanterelle.preset.Preset;
import org.chanterelle.rt.VoicePatch;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.TimedMidi;
import org.chanterelle.signal.Units;
import org.chanterelle.signal.UserError;

/** A live session from a file into a file: a recording or MIDI through the same callback and worker as on stage. */
final class FilePlay {
    /** Notes released at the end and the room ring out. */
    private static final double TAIL_SECONDS = 4;

    /** What is below this at the end is cut off. */
    private static final double SILENCE_DB = -90;

    static final int MAX_BLOCK_FRAMES = 8192;

    private static final double SECONDS_PER_HOUR = 3600;

    /** All of it is held in memory. */
    private static final double MAX_MIDI_SECONDS = 2 * SECONDS_PER_HOUR;

    private static final int MIDI_RATE_HZ = 48_000;

    private FilePlay() {}

    /**
     * What is asked for.
     *
     * @param preset what plays
     * @param blockFrames frames in a block
     * @param timing of a voice
     * @param seconds where it ends; infinite to play all
     * @param realTime whether it is played by the clock
     * @param seed of noise and phases
     * @param device where the network runs
     */
    record Request(Preset preset, int blockFrames, Timing timing, double seconds, boolean realTime, long seed,
            ComputeDevice device) {}

    /**
     * What came of it.
     *
     * @param audio stereo; in RECORD timing of a voice the latency is taken off its beginning, as a DAW does
     * @param latencyMin frames of latency declared, at least
     * @param latencyMax the same at most
     * @param stats the session's figures at the end
     * @param known what {@code transfer} makes of the same recording; null for MIDI
     */
    record Result(AudioClip audio, int latencyMin, int latencyMax, Map<String, Object> stats, TransferResult known) {}

    /** Plays a file. */
    static Result play(Request request, Path in, int rateHz, Function<String, ModelFolder> models) {
        return MidiFile.isMidi(in)
                ? playScore(request, in, MidiFile.read(in), rateHz, models)
                : playVoice(request, AudioReader.read(in), models);
    }

    /**
     * Plays a score; {@code rateHz} may be 0.
     *
     * @throws UserError naming {@code in} when it lasts too long
     */
    static Result playScore(Request request, Path in, MidiFile score, int rateHz, Function<String, ModelFolder> models) {
        return playNotes(request, messages(in, score, request.preset), rateHz == 0 ? MIDI_RATE_HZ : rateHz, models);
    }

    /** With one bow as players end notes, else as written. */
    private static List<TimedMidi> messages(Path in, MidiFile score, Preset preset) {
        List<TimedMidi> messages = score.messages();
        double seconds = messages.isEmpty() ? 0 : messages.getLast().seconds();
        if (seconds > MAX_MIDI_SECONDS) {
            throw new UserError(String.format(
                    Locale.ROOT, "%s: lasts %.1f hours; expected at most %.0f. Split it.", in, seconds / SECONDS_PER_HOUR,
                    MAX_MIDI_SECONDS / SECONDS_PER_HOUR));
        }
        return preset.value(Parameters.ONE_BOW) < 0.5f ? messages : BowedScore.of(messages);
    }

    /** Plays MIDI. */
    static Result playNotes(Request request, List<TimedMidi> messages, int rateHz, Function<String, ModelFolder> models) {
        return playNotes(request, messages, rateHz, models, Home::sing);
    }

    /** Plays MIDI, with SING models from elsewhere. */
    static Result playNotes(Request request, List<TimedMidi> messages, int rateHz, Function<String, ModelFolder> models,
            Function<String, SingFolder> sings) {
        PresetPlayer.Options options = new PresetPlayer.Options(LiveSound.Input.MIDI, request.timing, null, 0, request.device);
        FileSettings settings = new FileSettings(
                new float[0], messages, rateHz, request.blockFrames, TAIL_SECONDS, request.seconds, request.realTime);
        return play(request, settings, options, null, models, sings);
    }

    /** Plays a recording, after {@code transfer} has measured it: the calibration is that of the recording. */
    static Result playVoice(Request request, AudioClip clip, Function<String, ModelFolder> models) {
        TransferResult known = new Transfer(models.apply(request.preset.model())).run(clip, transferSettings(request.preset));
        PresetPlayer.Options options = new PresetPlayer.Options(
                LiveSound.Input.VOICE, request.timing, known.calibration(), known.rumbleHz(), request.device);
        FileSettings settings = new FileSettings(
                clip.mono(), List.of(), clip.sampleRateHz(), request.blockFrames, TAIL_SECONDS, request.seconds,
                request.realTime);
        return play(request, settings, options, known, models, Home::sing);
    }

    private static Result play(
            Request request, FileSettings settings, PresetPlayer.Options options, TransferResult known,
            Function<String, ModelFolder> models, Function<String, SingFolder> sings) {
        CollectedSound sound = new CollectedSound();
        FileDriver driver = new FileDriver(settings, sound);
        try (PresetPlayer presets = new PresetPlayer(Home.presets(), models, sings, options);
                LiveSession session = new LiveSession(driver, presets.sound(request.preset), request.seed)) {
            PresetPlayer.apply(request.preset, session);
            if (request.realTime) {
                session.rehearse();
            }
            LiveStats stats = new LiveStats(session);
            session.start();
            await(driver);
            int latency = session.process().maxLatencyFrames();
            int late = request.timing == Timing.RECORD && session.process().patch() instanceof VoicePatch voice
                    ? voice.alignmentFrames()
                    : 0;
            float[][] channels = trimmed(sound, late);
            return new Result(
                    new AudioClip(channels, (int) settings.sampleRateHz()), session.process().minLatencyFrames(), latency,
                    stats.read(), known);
        }
    }

    private static void await(FileDriver driver) {
        try {
            driver.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What {@code transfer} does with the same preset. */
    private static TransferSettings transferSettings(Preset preset) {
        return new TransferSettings(
                Math.round(preset.value(Parameters.OCTAVE)),
                preset.value(Parameters.SEMITONES) + preset.value(Parameters.FINE) / 100,
                preset.value(Parameters.LOUDNESS),
                preset.value(Parameters.DYNAMICS),
                new TransferSettings.Reverb.Own(TransferSettings.Reverb.Own.BEST),
                0,
                true,
                true,
                1);
    }

    private static float[][] trimmed(CollectedSound sound, int skip) {
        int end = Math.max(sound.soundingFrames(Units.dbToGain(SILENCE_DB)), Math.min(skip + 1, sound.frames()));
        return sound.channels(Math.min(skip, end), end);
    }
}
