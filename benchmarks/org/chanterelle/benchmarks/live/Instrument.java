package org.chanterelle.benchmarks.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program that is measured.
 *
 * @param name its JACK client's
 * @param command as a user would type it
 * @param midiPort where notes go
 * @param audioPort where a voice goes; empty when it takes none
 * @param outputPort where its sound is taken
 * @param environment added to its own
 */
record Instrument(
        String name, List<String> command, String midiPort, String audioPort, String outputPort,
        Map<String, String> environment) {
    private static final List<Path> SOUND_FONT_FOLDERS = List.of(Path.of("/usr/share/sounds/sf2"),
            Path.of("/usr/share/soundfonts"));

    /** Ours. The statistics file is made anew. */
    static Instrument chanterelle(Path home, Options options, String input, String timing, Path stats) {
        List<String> command = new ArrayList<>(List.of(
                home.resolve("chanterelle").toString(), "play", "--driver", "jack", "--name", "chanterelle", "--preset",
                options.preset(), "--input", input, "--timing", timing));
        if (stats != null) {
            command.addAll(List.of("--stats", stats.toString(), "--force"));
        }
        String given = System.getenv().getOrDefault("CHANTERELLE_JAVA_OPTS", "");
        Map<String, String> environment = options.garbageMb() > 0
                ? Map.of("CHANTERELLE_JAVA_OPTS", given + " -Dchanterelle.garbage=" + options.garbageMb())
                : Map.of();
        return new Instrument(
                "chanterelle", command, "chanterelle:midi_in", "chanterelle:in_1", "chanterelle:out_l", environment);
    }

    /** FluidSynth with a fixed gain and no effects, playing the first sound font that is found. */
    static Instrument fluidSynth() throws IOException {
        Path font = soundFont().orElseThrow(() -> new BenchFailure("no sound font in " + SOUND_FONT_FOLDERS
                + "; install the Debian package fluid-soundfont-gm"));
        return new Instrument(
                "fluidsynth",
                List.of(
                        "fluidsynth", "-q", "-a", "jack", "-m", "jack", "-r", "48000", "-g", "0.5", "-o",
                        "audio.jack.id=fluidsynth", "-o",
                        "midi.jack.id=fluidsynth", "-o", "audio.jack.autoconnect=0", "-o", "synth.reverb.active=0", "-o",
                        "synth.chorus.active=0", font.toString()),
                "fluidsynth:midi_00",
                "",
                "fluidsynth:left",
                Map.of());
    }

    /** The C client that answers after a given number of frames: shows that the bench itself adds none. */
    static Instrument known(Path home, int delayFrames) {
        return new Instrument(
                "known",
                List.of(Ruler.binary(home), "known", "--delay", Integer.toString(delayFrames)),
                "known:midi_in",
                "known:in_1",
                "known:out_l",
                Map.of());
    }

    private static Optional<Path> soundFont() throws IOException {
        for (Path folder : SOUND_FONT_FOLDERS) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    Optional<Path> font = files.filter(file -> file.toString().endsWith(".sf2")).sorted().findFirst();
                    if (font.isPresent()) {
                        return font;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Starts it as a client of this server. */
    Process start(SoundServer server) throws IOException {
        return server.processes().start(name, server.client(command), environment);
    }
}
