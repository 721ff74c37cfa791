package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.music.Festival;
import org.chanterelle.train.music.MusicEntry;
import org.chanterelle.train.music.MusicFolder;
import org.chanterelle.train.music.MusicLabels;
import org.chanterelle.train.music.MusicPreparation;
import org.chanterelle.train.notes.NoteSet;
import org.chanterelle.train.scores.PiecePart;
import org.chanterelle.train.scores.ScoreRendering;
import org.chanterelle.train.scores.ScoreSettings;
import org.chanterelle.train.soundfont.FluidSynth;
import org.chanterelle.train.soundfont.MidiInstrument;
import org.chanterelle.train.soundfont.SoundFont;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code prepare music}: recordings, rendered scores and sung phrases with artists, genres and lyrics. */
@Command(name = "music", description = "Gathers music with what is known of it: recordings with a table, MIDI files rendered with a sound font (composers as artists, instruments as genres), sung phrases with their words. A run that was stopped goes on with the same command.")
final class PrepareMusicCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder to make.")
    private Path out;

    @Option(names = "--audio", paramLabel = "DIR", description = "Folder of recordings; folders named train, valid and test in it decide the split. Several times for several.")
    private List<Path> audio = List.of();

    @Option(names = "--metadata", paramLabel = "FILE", description = "CSV or JSON table of the recordings: file, artist, genre (several with semicolons), title, lyrics, set.")
    private Path metadata;

    @Option(names = "--midi", paramLabel = "DIR", description = "Folder of MIDI files to render; a composer's name ends at a file name's first two underscores.")
    private Path midi;

    @Option(names = "--sound-font", paramLabel = "FILE", description = "SF2 or SF3 file (default: Debian's General MIDI font).")
    private Path soundFont;

    @Option(names = "--programs", paramLabel = "NAMES", split = ",", defaultValue = "grand-piano,harp,string-ensemble", description = "Instruments that play them, by name or General MIDI program from 0 (default: ${DEFAULT-VALUE}).")
    private List<String> programs;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "60", description = "Longest stretch of a rendered piece (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--gain", paramLabel = "X", defaultValue = "0.4", description = "Gain of the renderings, above 0 to 10 (default: ${DEFAULT-VALUE}).")
    private double gain;

    @Option(names = "--sung", paramLabel = "N", defaultValue = "0", description = "Phrases that festival sings, words known.")
    private int sung;

    @Option(names = "--rate", paramLabel = "HZ", defaultValue = "16000", description = "Sample rate of recordings and phrases; renderings have 16000 (default: ${DEFAULT-VALUE}).")
    private int rateHz;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of the split, the stretches and the phrases (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public void run() {
        check();
        // Found before long work begins.
        Festival voice = sung > 0 ? Festival.find() : null;
        MusicLabels labels = metadata == null ? MusicLabels.none() : MusicLabels.read(metadata);
        MusicFolder folder;
        List<String> leftOut;
        try (ProgressBar bar = reporting.progress("prepare")) {
            MusicPreparation preparation = new MusicPreparation(out, rateHz, seed, bar::show);
            audio.forEach(dir -> preparation.addRecordings(dir, labels));
            if (midi != null) {
                preparation.addScores(render(bar));
            }
            if (voice != null) {
                preparation.addSung(voice, sung);
            }
            folder = preparation.finish();
            leftOut = preparation.leftOut();
        }
        leftOut.forEach(line -> reporting.note("left out: " + line));
        tell(folder, leftOut);
    }

    private void check() {
        if (audio.isEmpty() && midi == null && sung == 0) {
            throw new UserError("prepare music: nothing to prepare. Give --audio DIR, --midi DIR or --sung N");
        }
        if (sung < 0 || sung > 100_000) {
            throw new UserError("--sung " + sung + ": expected 0 to 100000");
        }
        if (!(gain > 0 && gain <= 10)) {
            throw new UserError("--gain " + gain + ": expected more than 0 and at most 10");
        }
        Rates.check("--rate", rateHz);
    }

    private Path render(ProgressBar bar) {
        Path font = InstalledSoundFont.or(soundFont);
        List<String> names = programs.stream().map(name -> MidiInstrument.find(name.strip()).name()).distinct().toList();
        ScoreSettings settings = new ScoreSettings(font.getFileName().toString(), InstalledSoundFont.bytes(font), names, seconds,
                1, seed, gain, PiecePart.ALL, true);
        Path scores = out.resolve("scores");
        ScoreRendering.Result result = new ScoreRendering(
                midi, SoundFont.read(font), scores, settings, FluidSynth.find(font, gain)).run(bar::show);
        result.leftOut().forEach(line -> reporting.note("left out: " + line));
        return scores;
    }

    private void tell(MusicFolder folder, List<String> leftOut) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("out", out.toString());
        StringBuilder text = new StringBuilder(out + ":");
        for (NoteSet set : NoteSet.values()) {
            List<MusicEntry> some = folder.entries(set);
            double minutes = some.stream().mapToDouble(MusicEntry::seconds).sum() / 60;
            object.put(set.folder(), Map.of("recordings", some.size(), "minutes", minutes));
            text.append(String.format(Locale.ROOT, " %s %d (%.1f minutes),", set.folder(), some.size(), minutes));
        }
        long artists = folder.entries().stream().map(MusicEntry::artist).distinct().count();
        long genres = folder.entries().stream().flatMap(entry -> entry.genres().stream()).distinct().count();
        object.put("artists", artists);
        object.put("genres", genres);
        object.put("withLyrics", folder.entries().stream().filter(entry -> !entry.lyrics().isEmpty()).count());
        object.put("leftOut", leftOut);
        reporting.tell(object, text.append(String.format(Locale.ROOT, " %d artists, %d genres", artists, genres)).toString());
    }
}
