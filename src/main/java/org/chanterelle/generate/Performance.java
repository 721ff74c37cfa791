package org.chanterelle.generate;

import java.util.ArrayList;
import java.util.List;
import org.chanterelle.analysis.FeatureExtractor;
import org.chanterelle.analysis.GateSettings;
import org.chanterelle.analysis.Timing;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.inference.InputCalibration;
import org.chanterelle.inference.RecordingLevel;
import org.chanterelle.inference.VoiceFrame;
import org.chanterelle.inference.VoicePerformer;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.signal.AudioFeatures;
import org.chanterelle.signal.FeatureTrack;
import org.chanterelle.signal.Levels;

/**
 * A whole recording as the instrument is to play it: what {@code inference.VoicePerformer} makes of it in RECORD timing, its delay
 * removed.
 *
 * @param calibration of the recording as an input
 * @param heard features of the recording after the calibration's gain
 * @param played inputs of the network: f0 transposed, loudness on the training set's scale
 * @param frames one for each control frame
 */
record Performance(InputCalibration calibration, FeatureTrack heard, FeatureTrack played, List<VoiceFrame> frames) {
    private static final double TAIL_SECONDS = 0.1;

    /**
     * Plays a recording.
     *
     * @param given what is known about the input; null to measure it
     */
    static Performance of(AudioClip recording, ModelCard card, InputCalibration given, TransferSettings settings) {
        float[] mono = recording.mono();
        int rateHz = recording.sampleRateHz();
        Normalisation normalisation = card.normalisation();
        double levelDb = settings.matchLevel() ? RecordingLevel.gainDb(mono, rateHz, normalisation.levelDbfs()) : 0;
        double gainDb = given == null ? levelDb : given.gainDb();
        double controlRateHz = card.config().controlRateHz();
        VoicePerformer performer = new VoicePerformer(normalisation, controlRateHz, Timing.RECORD);
        GateSettings gate = given == null ? GateSettings.RECORD : GateSettings.RECORD.withLevels(given.openDb(), given.closeDb());
        FeatureExtractor extractor = new FeatureExtractor(rateHz, controlRateHz, Timing.RECORD, gate);
        int length = (int) Math.ceil(mono.length / (double) rateHz * controlRateHz - 1e-9) + performer.delayFrames();
        List<AudioFeatures> heard = listen(extractor, Levels.scaled(mono, gainDb), rateHz, length);
        InputCalibration calibration = given == null ? measured(heard, gainDb, normalisation, settings.matchLevel()) : given;
        performer.calibrate(calibration);
        settings.copyTo(performer.settings());
        List<VoiceFrame> frames = perform(performer, heard);
        return new Performance(
                calibration,
                track(heard.subList(0, frames.size()), controlRateHz),
                track(frames.stream().map(frame -> frame.features).toList(), controlRateHz),
                frames);
    }

    /** The recording's features at its own level. */
    FeatureTrack input() {
        return shifted(heard, -calibration.gainDb());
    }

    /** What is asked of the instrument, at the recording's own level. */
    FeatureTrack asked(Normalisation normalisation) {
        return shifted(played, -calibration.shiftDb(normalisation));
    }

    private static List<AudioFeatures> listen(FeatureExtractor extractor, float[] scaled, double rateHz, int length) {
        List<AudioFeatures> heard = new ArrayList<>(length);
        FeatureExtractor.Sink sink = features -> {
            if (heard.size() < length) {
                AudioFeatures copy = new AudioFeatures();
                copy.set(features);
                heard.add(copy);
            }
        };
        extractor.process(scaled, 0, scaled.length, sink);
        float[] silence = new float[(int) Math.ceil(TAIL_SECONDS * rateHz)];
        while (heard.size() < length) {
            extractor.process(silence, 0, silence.length, sink);
        }
        return heard;
    }

    /**
     * What is known of a recording that lies there as a whole: its own mean becomes the training set's, and its level the output's.
     *
     * @param gainDb already applied to it
     * @param matchLevel false to leave all levels alone
     */
    private static InputCalibration measured(
            List<AudioFeatures> heard, double gainDb, Normalisation normalisation, boolean matchLevel) {
        double meanDb = heard.stream().filter(frame -> frame.voiced).mapToDouble(frame -> frame.loudnessDb).average()
                .orElse(normalisation.loudnessMeanDb());
        InputCalibration calibration = new InputCalibration(gainDb, GateSettings.RECORD.openDb(),
                GateSettings.RECORD.closeDb(), matchLevel ? meanDb : Double.NaN, 0);
        return calibration.withOutputDb(-calibration.shiftDb(normalisation));
    }

    private static List<VoiceFrame> perform(VoicePerformer performer, List<AudioFeatures> heard) {
        List<VoiceFrame> frames = new ArrayList<>(heard.size());
        VoiceFrame frame = new VoiceFrame();
        for (AudioFeatures features : heard) {
            if (performer.perform(features, frame)) {
                frames.add(frame);
                frame = new VoiceFrame();
            }
        }
        return frames;
    }

    private static FeatureTrack track(List<AudioFeatures> features, double controlRateHz) {
        int length = features.size();
        FeatureTrack track = new FeatureTrack(
                controlRateHz, new float[length], new float[length], new float[length], new boolean[length]);
        for (int i = 0; i < length; i++) {
            track.f0Hz()[i] = features.get(i).f0Hz;
            track.loudnessDb()[i] = features.get(i).loudnessDb;
            track.confidence()[i] = features.get(i).confidence;
            track.voiced()[i] = features.get(i).voiced;
        }
        return track;
    }

    private static FeatureTrack shifted(FeatureTrack track, double db) {
        float[] loudnessDb = track.loudnessDb().clone();
        for (int i = 0; i < loudnessDb.length; i++) {
            loudnessDb[i] += (float) db;
        }
        return new FeatureTrack(track.controlRateHz(), track.f0Hz(), loudnessDb, track.confidence(), track.voiced());
    }
}
