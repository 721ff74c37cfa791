package org.chanterelle.generate.jukebox;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.chanterelle.model.jukebox.Lyrics;
import org.chanterelle.model.jukebox.PriorConfig;
import org.chanterelle.signal.UserError;

/**
 * What is to be generated; with the models it decides every byte.
 *
 * @param frames length in audio frames at the models' rate, whole codes of the level that it begins with
 * @param totalFrames length that the models are told the piece has, at least {@code frames}
 * @param samples how many, 1 to 64
 * @param seed of the draws
 * @param filter of codes that nothing stands above
 * @param upsamplerFilter of codes below others
 * @param artist a name that the model knows, in any case; null for none
 * @param genres likewise
 * @param lyrics of the whole piece, empty for none
 * @param prime a recording that it begins with; null for none
 * @param codes a file of codes of a level above the bottom, which are kept; null for none
 */
public record GenerationRequest(long frames, long totalFrames, int samples, long seed, SamplingFilter filter,
        SamplingFilter upsamplerFilter, String artist, List<String> genres, String lyrics, Path prime, Path codes) {
    /** More characters than can be sung in any piece that fits. */
    public static final int MAX_LYRICS = 4096;

    /** Longest piece in seconds. */
    public static final int MAX_SECONDS = 3600;

    private static final int MAX_SAMPLES = 64;

    /** Copies the list and throws UserError when a value is out of range. */
    public GenerationRequest {
        genres = List.copyOf(genres);
        if (samples < 1 || samples > MAX_SAMPLES) {
            throw new UserError("--samples " + samples + ": expected 1 to " + MAX_SAMPLES);
        }
        if (prime != null && codes != null) {
            throw new UserError("--prime and --upsample: expected one of them; codes that are given cannot be continued");
        }
        if (lyrics.length() > MAX_LYRICS) {
            throw new UserError(String.format("--lyrics: %,d characters; expected at most %,d. Give the part that is to be sung",
                    lyrics.length(), MAX_LYRICS));
        }
        if (frames < 1 || totalFrames < frames) {
            throw new IllegalArgumentException(frames + " frames of " + totalFrames);
        }
    }

    /**
     * Length of what is generated, in audio frames: whole codes of the level that it begins with.
     *
     * @param seconds that are asked for; null for all of {@code codes}
     * @param codes a file that is upsampled; null for none
     * @throws UserError when the length is out of range, or the models cannot upsample the codes
     */
    public static long frames(JukeboxModels models, Double seconds, Path codes) {
        return GivenCodes.frames(models, seconds, codes);
    }

    /**
     * Throws UserError unless a prior knows the artist and the genres and reads the lyrics that are asked for.
     *
     * @param name of the model, for the message
     */
    void check(String name, PriorConfig config) {
        if (artist != null) {
            require("--artist", artist, name, config.artists());
        }
        genres.forEach(genre -> require("--genre", genre, name, config.genres()));
    }

    private static void require(String option, String label, String name, List<String> known) {
        if (indexOf(known, label) < 0) {
            List<String> named = known.subList(1, known.size());
            throw new UserError(option + " " + label + ": " + name + " does not know it; it knows "
                    + (named.isEmpty() ? "none" : JukeboxModels.known(named)) + ". Give one of these or leave it out");
        }
    }

    /** How a prior's codes are drawn. */
    SamplingFilter filterOf(PriorConfig config) {
        return config.upper() == null ? filter : upsamplerFilter;
    }

    /** The artist's place among those that a prior knows, 0 where there is none. */
    int artistOf(PriorConfig config) {
        return artist == null ? 0 : Math.max(0, indexOf(config.artists(), artist));
    }

    /** The genres' places likewise, at least one. */
    int[] genresOf(PriorConfig config) {
        return genres.isEmpty()
                ? new int[1]
                : genres.stream().mapToInt(genre -> Math.max(0, indexOf(config.genres(), genre))).toArray();
    }

    /** The lyrics around a window, as many characters as a prior reads. */
    int[] lyricsOf(PriorConfig config, long startFrame, long endFrame) {
        if (config.lyrics() == null) {
            return new int[0];
        }
        return Lyrics.window(Lyrics.numbers(lyrics), config.lyrics().characters(), (double) startFrame / totalFrames,
                (double) endFrame / totalFrames);
    }

    private static int indexOf(List<String> names, String name) {
        return IntStream.range(0, names.size()).filter(i -> names.get(i).equalsIgnoreCase(name)).findFirst().orElse(-1);
    }
}
