package org.chanterelle.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.generate.TransferResult;
import org.chanterelle.signal.FeatureTrack;
import org.chanterelle.signal.Levels;

/** The figures of a transfer that JSON output holds. */
final class TransferFigures {
    private TransferFigures() {}

    /** Durations, levels, speed. */
    static Map<String, Object> of(AudioClip recording, TransferResult result) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("inputSeconds", recording.seconds());
        figures.put("outputSeconds", result.audio().seconds());
        figures.put("sampleRateHz", result.audio().sampleRateHz());
        figures.put("inputRmsDbfs", Levels.rmsDbfs(recording.mono()));
        figures.put("outputRmsDbfs", Levels.rmsDbfs(result.audio().mono()));
        figures.put("outputPeakDbfs", Levels.peakDbfs(result.audio().mono()));
        figures.put("levelShiftDb", result.levelShiftDb());
        figures.put("makeUpDb", result.makeUpDb());
        figures.put("headroomDb", result.headroomDb());
        figures.put("voicedShare", voicedShare(result.input()));
        figures.put("outOfRangeShare", result.pitchFit().outOfRangeShare());
        figures.put("realTimeFactor", recording.seconds() / result.timing().total());
        Map<String, Double> seconds = new LinkedHashMap<>();
        seconds.put("analysis", result.timing().analysis());
        seconds.put("network", result.timing().network());
        seconds.put("synthesis", result.timing().synthesis());
        seconds.put("room", result.timing().room());
        figures.put("seconds", seconds);
        return figures;
    }

    /** Share of the control frames in which a pitch sounds, 0 to 1. */
    static double voicedShare(FeatureTrack track) {
        int voiced = 0;
        for (boolean v : track.voiced()) {
            voiced += v ? 1 : 0;
        }
        return track.length() == 0 ? 0 : (double) voiced / track.length();
    }
}
