package org.chanterelle.benchmarks.live;

import java.util.List;
import picocli.CommandLine.Option;

/** What the user asked for. */
final class Options {
    @Option(names = "--server", defaultValue = "jackd", description = "jackd (its dummy driver) or pipewire (headless).")
    private SoundServer.Kind kind;

    @Option(names = "--preset", defaultValue = "violin-poly", description = "Preset of our client; one that plays chords.")
    private String preset;

    @Option(names = "--clients", split = ",", defaultValue = "chanterelle,fluidsynth", description = "chanterelle, fluidsynth, known (the C client that answers after 100 frames).")
    private List<String> clients;

    @Option(names = "--periods", split = ",", description = "Frames; latency: 64,128,256; otherwise 128.")
    private List<Integer> periods;

    @Option(names = "--count", defaultValue = "50", description = "Notes of a measurement; four pitches of a voice get a quarter each.")
    private int count;

    @Option(names = "--off-ms", defaultValue = "1500", description = "Silence after a note; what still sounds after it masks the next.")
    private int offMs;

    @Option(names = "--timings", split = ",", defaultValue = "live,record", description = "Of our client.")
    private List<String> timings;

    @Option(names = "--minutes", defaultValue = "30", description = "Of the soak.")
    private double minutes;

    @Option(names = "--voices", split = ",", description = "Voices that sound; soak: 16; voices: 4,8,12,16,24,32.")
    private List<Integer> voices;

    @Option(names = "--garbage", defaultValue = "0", description = "MB a second that our client throws away; soak: 300.")
    private int garbageMb;

    @Option(names = "--awake", description = "Keep the processors computing at idle priority: a virtual machine's host gives halted ones to others.")
    private boolean awake;

    SoundServer.Kind kind() {
        return kind;
    }

    String preset() {
        return preset;
    }

    List<String> clients() {
        return clients;
    }

    List<Integer> periods() {
        return periods;
    }

    int count() {
        return count;
    }

    int offMs() {
        return offMs;
    }

    List<String> timings() {
        return timings;
    }

    double minutes() {
        return minutes;
    }

    List<Integer> voices() {
        return voices;
    }

    int garbageMb() {
        return garbageMb;
    }

    boolean awake() {
        return awake;
    }

    /** Fills in what depends on the mode. */
    void complete(LiveBench.Mode mode) {
        if (periods == null) {
            periods = mode == LiveBench.Mode.LATENCY || mode == LiveBench.Mode.CHANGE ? List.of(64, 128, 256) : List.of(128);
        }
        if (voices == null) {
            voices = mode == LiveBench.Mode.VOICES ? List.of(4, 8, 12, 16, 24, 32) : List.of(16);
        }
        if (garbageMb == 0 && mode == LiveBench.Mode.SOAK) {
            garbageMb = 300;
        }
    }
}
