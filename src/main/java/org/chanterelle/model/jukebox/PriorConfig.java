package org.chanterelle.model.jukebox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chanterelle.model.ModelConfig;
import org.chanterelle.signal.UserError;

/**
 * Size and conventions of a transformer over one level's codes.
 *
 * @param sampleRateHz of the autoencoder
 * @param level 0 for the bottom one
 * @param hop audio frames a code
 * @param codes of the codebook
 * @param context codes that it sees at most
 * @param transformer its layers
 * @param tied whether codes are told apart by the same vectors that they are embedded with; conditions are then added again at the end
 * @param artists known by name, the first "unknown"
 * @param genres likewise
 * @param minSeconds shortest piece that timing tells apart
 * @param maxSeconds longest one
 * @param timingBins steps of each of the three timings: total, start, share done; 0 for none
 * @param upper how it reads the level above; null for a prior
 * @param lyrics how it reads lyrics; null for one that does not
 * @param autoencoder {@link VqVaeFolder#checksum()} of the level whose codes these are
 * @param upperAutoencoder that of the level above; 0 for a prior
 */
public record PriorConfig(
        int sampleRateHz,
        int level,
        int hop,
        int codes,
        int context,
        TransformerConfig transformer,
        boolean tied,
        List<String> artists,
        List<String> genres,
        double minSeconds,
        double maxSeconds,
        int timingBins,
        Upper upper,
        LyricsEncoder lyrics,
        int autoencoder,
        int upperAutoencoder)
        implements ModelConfig {

    /** The family's name in {@code card.json}. */
    public static final String KIND = "prior";

    /** Name of an artist or genre that is not known. */
    public static final String UNKNOWN = "unknown";

    /** Beginning of the names of the weights that read lyrics. */
    public static final String LYRICS = "prime_";

    private static final int MAX_LABELS = 100_000;

    /**
     * Dilated convolutions over the codes of the level above.
     *
     * @param codes of its codebook
     * @param doublings log2 of its hop over this level's
     * @param width channels
     * @param depth residual convolutions before each doubling
     * @param dilationGrowth factor from one dilation to the next
     * @param dilationCycle after so many the dilations begin anew; 0 for never
     * @param scaled whether what a convolution adds is divided by the root of {@code depth}
     */
    public record Upper(int codes, int doublings, int width, int depth, int dilationGrowth, int dilationCycle, boolean scaled) {
        /** Codes of this level to one above. */
        public int ratio() {
            return 1 << doublings;
        }
    }

    /**
     * A transformer over characters, and layers of the main one that read what it makes of them; or, without that transformer,
     * characters that stand before the codes in one sequence.
     *
     * @param characters that it reads
     * @param transformer its layers; null for one sequence
     * @param every a reading layer follows so many layers of the main transformer; 0 in one sequence
     * @param skip but none before so many and one more have passed; 0 in one sequence
     */
    public record LyricsEncoder(int characters, TransformerConfig transformer, int every, int skip) {}

    @Override
    public String kind() {
        return KIND;
    }

    /** Codes of the level above that lie over a context; 0 for a prior. */
    public int upperContext() {
        return upper == null ? 0 : context / upper.ratio();
    }

    /** Codes a second. */
    public double codeRateHz() {
        return (double) sampleRateHz / hop;
    }

    /** Characters that stand before the codes in one sequence; 0 where lyrics are read apart or not at all. */
    public int leading() {
        return lyrics == null || lyrics.transformer() != null ? 0 : lyrics.characters();
    }

    /** Places of the transformer. */
    public int sequence() {
        return leading() + context;
    }

    /** What may stand in a place: the characters, where they lead, then the codes. */
    public int symbols() {
        return firstCode() + codes;
    }

    /** Number of code 0 among the symbols. */
    public int firstCode() {
        return leading() == 0 ? 0 : Lyrics.ALPHABET;
    }

    /** First places of a sequence that {@link TransformerConfig.Pattern#LYRICS} reads: as published, the next multiple of the blocks. */
    public int lyricsReach() {
        return leading() == 0 ? 0 : Math.min(sequence(), (leading() / transformer.blocks() + 1) * transformer.blocks());
    }

    private boolean readsApart() {
        return lyrics != null && lyrics.transformer() != null;
    }

    /** Layers that read lyrics apart. */
    public int readers() {
        return readsApart() ? Math.max(0, transformer.depth() / lyrics.every() - lyrics.skip() / lyrics.every()) : 0;
    }

    /** The reading layer that follows a layer of the main transformer; -1 for none. */
    public int readerAfter(int layer) {
        int passed = layer + 1;
        boolean reads = readsApart() && passed % lyrics.every() == 0 && passed > lyrics.skip();
        return reads ? passed / lyrics.every() - lyrics.skip() / lyrics.every() - 1 : -1;
    }

    /** Name of the vectors that symbols are told apart by, shape (symbols, width). */
    public String outputName() {
        return tied ? "prior.x_emb.weight" : "prior.x_out.weight";
    }

    /** Beginning of the names of a reading layer's weights. */
    public static String reader(int index) {
        return LYRICS + "readers." + index + ".";
    }

    @Override
    public Map<String, int[]> weightShapes() {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        int width = transformer.width();
        shapes.put("prior.x_emb.weight", new int[] {symbols(), width});
        shapes.put("prior.pos_emb.pos_emb", new int[] {sequence(), width});
        transformer.addShapes(shapes, "prior.");
        if (!tied) {
            shapes.put(outputName(), new int[] {symbols(), width});
        }
        shapes.put("y_emb.artist_emb.emb.weight", new int[] {artists.size(), width});
        shapes.put("y_emb.bow_genre_emb.emb.weight", new int[] {genres.size(), width});
        if (timingBins > 0) {
            for (String timing : List.of("total_length", "absolute_pos", "relative_pos")) {
                shapes.put("y_emb." + timing + "_emb.emb.weight", new int[] {timingBins, width});
            }
        }
        if (upper != null) {
            addUpper(shapes);
        }
        if (readsApart()) {
            addLyrics(shapes);
        }
        return shapes;
    }

    private void addUpper(Map<String, int[]> shapes) {
        String prefix = "conditioner_blocks.0.";
        int width = transformer.width();
        int inner = upper.width();
        shapes.put(prefix + "x_emb.weight", new int[] {upper.codes(), width});
        addConvolution(shapes, prefix + "cond.model.0", width, inner, 3);
        for (int i = 1; i <= upper.doublings(); i++) {
            for (int unit = 0; unit < upper.depth(); unit++) {
                String name = prefix + "cond.model." + i + ".0.model." + unit + ".model.";
                addConvolution(shapes, name + "1", inner, inner, 3);
                addConvolution(shapes, name + "3", inner, inner, 1);
            }
            int outputs = i == upper.doublings() ? width : inner;
            shapes.put(prefix + "cond.model." + i + ".1.weight", new int[] {inner, outputs, VqVaeConfig.RATE_KERNEL});
            shapes.put(prefix + "cond.model." + i + ".1.bias", new int[] {outputs});
        }
        TransformerConfig.addNorm(shapes, prefix + "ln", width);
    }

    private static void addConvolution(Map<String, int[]> shapes, String name, int inputs, int outputs, int kernel) {
        shapes.put(name + ".weight", new int[] {outputs, inputs, kernel});
        shapes.put(name + ".bias", new int[] {outputs});
    }

    private void addLyrics(Map<String, int[]> shapes) {
        int inner = lyrics.transformer().width();
        shapes.put(LYRICS + "prior.x_emb.weight", new int[] {Lyrics.ALPHABET, inner});
        shapes.put(LYRICS + "prior.pos_emb.pos_emb", new int[] {lyrics.characters(), inner});
        lyrics.transformer().addShapes(shapes, LYRICS + "prior.");
        TransformerConfig.addLinear(shapes, LYRICS + "state_proj", inner, transformer.width());
        TransformerConfig.addNorm(shapes, LYRICS + "state_ln", transformer.width());
        for (int i = 0; i < readers(); i++) {
            transformer.addReaderShapes(shapes, reader(i), transformer.width());
        }
    }

    /** The same, reading lyrics. */
    public PriorConfig withLyrics(LyricsEncoder encoder) {
        return new PriorConfig(sampleRateHz, level, hop, codes, context, transformer, tied, artists, genres, minSeconds,
                maxSeconds,
                timingBins, upper, encoder, autoencoder, upperAutoencoder);
    }

    /**
     * Checks every field.
     *
     * @param where file and field that hold the configuration
     * @throws UserError naming the first field that is out of range
     */
    public void check(String where) {
        in(where, "sampleRateHz", sampleRateHz, 8000, 48000);
        in(where, "level", level, 0, 7);
        in(where, "hop", hop, 1, 4096);
        in(where, "codes", codes, 2, 65536);
        in(where, "context", context, 2, 65536);
        in(where, "timingBins", timingBins, 0, 65536);
        names(where, "artists", artists);
        names(where, "genres", genres);
        boolean seconds = minSeconds >= 0 && maxSeconds > minSeconds && maxSeconds <= 1e6;
        if (!seconds) {
            throw new UserError(where + "minSeconds to maxSeconds is " + minSeconds + " to " + maxSeconds
                    + "; expected a range of lengths, at most 1e6 s");
        }
        given(where, "transformer", transformer);
        if (lyrics != null) {
            checkLyrics(where);
        }
        transformer.check(where + "transformer.", sequence());
        if (leading() == 0 && transformer.patterns().contains(TransformerConfig.Pattern.LYRICS)) {
            throw new UserError(where + "transformer.patterns has LYRICS; expected only where lyrics stand before the codes");
        }
        if (upper != null) {
            in(where, "upper.codes", upper.codes(), 2, 65536);
            in(where, "upper.doublings", upper.doublings(), 1, 8);
            in(where, "upper.width", upper.width(), 1, 4096);
            in(where, "upper.depth", upper.depth(), 1, 64);
            in(where, "upper.dilationGrowth", upper.dilationGrowth(), 1, 8);
            in(where, "upper.dilationCycle", upper.dilationCycle(), 0, 16);
            if (context % upper.ratio() != 0) {
                throw new UserError(where + "context is " + context + "; expected a multiple of " + upper.ratio()
                        + ", the codes to one of the level above");
            }
        }
    }

    private void checkLyrics(String where) {
        in(where, "lyrics.characters", lyrics.characters(), 1, 16384);
        if (lyrics.transformer() == null) {
            in(where, "lyrics.every", lyrics.every(), 0, 0);
            in(where, "lyrics.skip", lyrics.skip(), 0, 0);
            return;
        }
        lyrics.transformer().check(where + "lyrics.transformer.", lyrics.characters());
        in(where, "lyrics.every", lyrics.every(), 1, transformer.depth());
        in(where, "lyrics.skip", lyrics.skip(), 0, transformer.depth() - 1);
    }

    private static void names(String where, String field, List<String> names) {
        if (names == null || names.isEmpty() || names.size() > MAX_LABELS || !UNKNOWN.equals(names.getFirst())
                || names.stream().anyMatch(name -> name == null || name.isBlank())) {
            throw new UserError(where + field + " is no list of names that begins with \"" + UNKNOWN + "\"");
        }
    }

    private static void given(String where, String field, Object found) {
        if (found == null) {
            throw new UserError(where + field + " is missing; expected its sizes");
        }
    }

    static void in(String where, String field, int found, int min, int max) {
        if (found < min || found > max) {
            throw new UserError(where + field + " is " + found + "; expected " + min + " to " + max);
        }
    }
}
