package org.chanterelle.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.analysis.FeatureExtractor;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.evaluate.LoudnessAgreement;
import org.chanterelle.evaluate.Melody;
import org.chanterelle.evaluate.MelodyMetrics;
import org.chanterelle.generate.TransferResult;
import org.chanterelle.signal.FeatureTrack;
import org.chanterelle.signal.Levels;

/**
 * What a listener would want to know about the demo.
 *
 * @param figures by name, in the order in which they are told
 * @param text the same as a table
 */
record DemoReport(Map<String, Object> figures, String text) {
    private static final double TOLERANCE_CENTS = 50;

    static DemoReport of(AudioClip voice, FilePlay.Result played) {
        TransferResult result = played.known().withAudio(played.audio());
        FeatureTrack heard = FeatureExtractor.extract(
                result.audio().mono(), result.audio().sampleRateHz(), result.input().controlRateHz());
        double accuracy = MelodyMetrics.compare(melody(result.played()), melody(heard), TOLERANCE_CENTS)
                .rawPitchAccuracy();
        LoudnessAgreement loudness = LoudnessAgreement.between(result.input(), heard);
        Map<String, Object> figures = new LinkedHashMap<>(TransferFigures.of(voice, result));
        figures.put("rawPitchAccuracy", accuracy);
        figures.put("loudnessCorrelation", loudness.correlation());
        figures.put("loudnessDifferenceDb", loudness.meanErrorDb());
        figures.put("live", played.stats());
        String text = String.format(
                Locale.ROOT,
                """
                        voice                       %.2f s, %.1f dBFS RMS
                        violin                      %.2f s, %.1f dBFS RMS, peak %.1f dBFS
                        latency                     %.1f ms in record timing
                        control frames late         %s of %s
                        pitch right within 50 cents %.1f %% of the sung frames
                        loudness correlation        %.3f
                        loudness difference         %+.1f dB
                        """,
                voice.seconds(),
                Levels.rmsDbfs(voice.mono()),
                result.audio().seconds(),
                Levels.rmsDbfs(result.audio().mono()),
                Levels.peakDbfs(result.audio().mono()),
                1e3 * played.latencyMax() / played.audio().sampleRateHz(),
                played.stats().get("missedControlFrames"),
                played.stats().get("controlFrames"),
                100 * accuracy,
                loudness.correlation(),
                loudness.meanErrorDb());
        return new DemoReport(figures, text);
    }

    private static Melody melody(FeatureTrack track) {
        double[] hz = new double[track.length()];
        for (int i = 0; i < hz.length; i++) {
            hz[i] = track.voiced()[i] ? track.f0Hz()[i] : -track.f0Hz()[i];
        }
        return Melody.onGrid(hz, track.controlRateHz());
    }
}
