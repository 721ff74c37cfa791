package org.chanterelle.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chanterelle.generate.jukebox.GenerationRequest;
import org.chanterelle.generate.jukebox.JukeboxModels;
import org.chanterelle.generate.jukebox.SamplingFilter;
import org.chanterelle.preset.Preset;
import org.chanterelle.signal.UserError;
import picocli.CommandLine.Option;

/** What can be asked of {@code generate}. */
final class GenerateOptions {
    /** Four bytes a character at most. */
    private static final long MAX_LYRICS_BYTES = 1 << 20;

    /** What little training leaves to codes that do not belong clicks; see decision 167. */
    private static final double UPSAMPLERS_TOP_P = 0.9;

    @Option(names = "--seconds", paramLabel = "N", description = "Length, what is given by --prime included; with --upsample the codes' length unless it is shorter.")
    private Double seconds;

    @Option(names = "--total-seconds", paramLabel = "N", description = "Length of the piece that the models are told, of which this is the beginning (default: --seconds).")
    private Double totalSeconds;

    @Option(names = "--prime", paramLabel = "WAV", description = "A recording that is continued.")
    private Path prime;

    @Option(names = "--upsample", paramLabel = "CODES", description = "Codes of an upper level, from encode or an earlier job: only the levels below are made.")
    private Path codes;

    @Option(names = "--artist", paramLabel = "NAME", description = "Whose music; see 'chanterelle models' (default: the preset's).")
    private String artist;

    @Option(names = "--genre", paramLabel = "NAME", description = "Which kind of music or instrument; may be repeated (default: the preset's).")
    private List<String> genres = new ArrayList<>();

    @Option(names = "--lyrics", paramLabel = "FILE", description = "Text that is sung, of a model that reads lyrics.")
    private Path lyrics;

    @Option(names = "--temperature", paramLabel = "T", defaultValue = "0.99", description = "Below 1 likelier, above 1 bolder (default: ${DEFAULT-VALUE}).")
    private double temperature;

    @Option(names = "--top-k", paramLabel = "K", defaultValue = "0", description = "Draws from the K likeliest codes; 0 for all (default: ${DEFAULT-VALUE}).")
    private int topK;

    @Option(names = "--top-p", paramLabel = "P", description = "Draws from the likeliest codes whose probabilities sum up to P; 1 for all (default: 1, below the top level 0.9).")
    private Double topP;

    @Option(names = "--samples", paramLabel = "N", defaultValue = "1", description = "How many are made at once: OUT-1, OUT-2, … (default: ${DEFAULT-VALUE}).")
    private int samples;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Another number makes another piece (default: ${DEFAULT-VALUE}).")
    private long seed;

    /** How many are made. */
    int samples() {
        return samples;
    }

    /** Checks all options against each other and against the models. */
    GenerationRequest request(JukeboxModels models, Preset.JukeboxChoice preset) {
        SamplingFilter filter = new SamplingFilter(temperature, topK, topP == null ? 1 : topP);
        SamplingFilter upsamplerFilter = new SamplingFilter(temperature, topK, topP == null ? UPSAMPLERS_TOP_P : topP);
        long frames = GenerationRequest.frames(models, seconds, codes);
        long total = frames;
        if (totalSeconds != null) {
            total = Math.round(totalSeconds * models.sampleRateHz());
            if (!(totalSeconds <= 86_400) || total < frames) {
                throw new UserError("--total-seconds " + totalSeconds + ": expected at least --seconds, at most 86400");
            }
        }
        return new GenerationRequest(frames, total, samples, seed, filter, upsamplerFilter,
                artist == null ? preset.artist() : artist,
                genres.isEmpty() ? preset.genres() : genres, lyrics == null ? "" : text(lyrics), prime, codes);
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > MAX_LYRICS_BYTES) {
                throw new UserError(file + ": " + Files.size(file) + " bytes; expected lyrics of at most "
                        + GenerationRequest.MAX_LYRICS + " characters. Give the part that is to be sung");
            }
            String text = Files.readString(file).strip();
            if (text.isEmpty()) {
                throw new UserError(file + ": empty; expected lyrics. Leave out --lyrics for music without");
            }
            return text;
        } catch (NoSuchFileException e) {
            throw new UserError(file + ": expected a text file with lyrics, found nothing of this name. Check the path", e);
        } catch (MalformedInputException e) {
            throw new UserError(file + ": not UTF-8 text. Save it as UTF-8", e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage() + ". Check the path and its permissions", e);
        }
    }
}
