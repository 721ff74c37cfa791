package org.chanterelle.generate.jukebox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.generate.codes.CodeFile;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.jukebox.CodePrior;
import org.chanterelle.model.jukebox.PriorCard;
import org.chanterelle.model.jukebox.PriorConfig;
import org.chanterelle.model.jukebox.TestVqVaeModels;
import org.chanterelle.model.jukebox.TransformerConfig;
import org.chanterelle.model.jukebox.VqVaeConfig;
import org.chanterelle.model.jukebox.VqVaeFolder;

/** Three levels of hops 2, 4 and 8 with fake priors; sound is the codes as bytes. */
final class SmallJukebox implements Coding, Priors {
    static final int RATE_HZ = 16000;
    static final int CONTEXT = 16;

    final JukeboxModels models;
    final Map<Integer, FakePrior> priors = new HashMap<>();
    int released;

    /** Writes models into a folder, or finds them there. */
    SmallJukebox(Path folder) {
        List<VqVaeFolder> autoencoders = new ArrayList<>();
        for (int level = 0; level < 3; level++) {
            autoencoders.add(autoencoder(folder.resolve("level-" + level), level));
        }
        List<JukeboxModels.PriorAt> cards = new ArrayList<>();
        for (int level = 0; level < 3; level++) {
            cards.add(prior(folder.resolve("prior-" + level), level, autoencoders));
        }
        models = new JukeboxModels(autoencoders, cards);
    }

    private static VqVaeFolder autoencoder(Path folder, int level) {
        try {
            if (!Files.exists(folder)) {
                TestVqVaeModels.write(folder, new VqVaeConfig(RATE_HZ, level, List.of(level + 1), 2, 1, 3, 0, 2, 16), level);
            }
            return VqVaeFolder.load(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JukeboxModels.PriorAt prior(Path folder, int level, List<VqVaeFolder> autoencoders) {
        boolean top = level == autoencoders.size() - 1;
        TransformerConfig size = new TransformerConfig(4, 2, 1, 4, 4, 4, List.of(TransformerConfig.Pattern.DENSE));
        PriorConfig config = new PriorConfig(RATE_HZ, level, 2 << level, 16, CONTEXT, size, false,
                List.of("unknown", "Anna", "Bela"), List.of("unknown", "folk"), 0, 600, 8,
                top ? null : new PriorConfig.Upper(16, 1, 4, 1, 3, 0, false),
                top ? new PriorConfig.LyricsEncoder(8, size, 1, 0) : null, autoencoders.get(level).checksum(),
                top ? 0 : autoencoders.get(level + 1).checksum());
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(ModelFolder.WEIGHTS), "none");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new JukeboxModels.PriorAt(folder, new PriorCard(ModelCard.FORMAT_VERSION, folder.getFileName().toString(),
                PriorConfig.KIND, "A test.", "CC0", config, new ModelCard.Training("none", 0, 0, 1), List.of(), Map.of()));
    }

    /** 20 codes of the top level, 40 and 80 of those below. */
    static GenerationRequest request(int samples, long seed) {
        return new GenerationRequest(160, 320, samples, seed, new SamplingFilter(0.99, 0, 1), new SamplingFilter(0.99, 0, 1),
                "anna", List.of("folk"), "", null, null);
    }

    static GenerationRequest given(Path prime, Path codes) {
        return new GenerationRequest(160, 160, 1, 3, new SamplingFilter(0.99, 0, 1), new SamplingFilter(0.99, 0, 1), null,
                List.of(), "", prime, codes);
    }

    @Override
    public CodePrior load(int level) {
        return priors.computeIfAbsent(level, some -> new FakePrior(models.priors().get(some).config()));
    }

    @Override
    public void release(CodePrior prior) {
        released++;
    }

    Generation generation(GenerationRequest request, JobFolder job) {
        return new Generation(models, request, job, this, this);
    }

    /** Generates all of a request, or what is left of it. */
    void run(GenerationRequest request, Path out, List<Path> outs, Generation.Watch watch) {
        try (JobFolder job = new JobFolder(out)) {
            Generation generation = generation(request, job);
            generation.check();
            job.open(RequestText.of(models, request), false);
            generation.run(outs, false, watch);
        }
    }

    void run(GenerationRequest request, Path out) {
        run(request, out, List.of(out), (level, codes, total) -> {});
    }

    @Override
    public void encode(Path recording, Path codes, VqVaeFolder model) {
        int hop = model.card().config().hop();
        int[] counting = new int[(int) AudioReader.probe(recording).frames() / hop];
        for (int i = 0; i < counting.length; i++) {
            counting[i] = (i * hop / 8 + hop) % 16;
        }
        CodeFile.write(codes, model, counting, counting.length);
    }

    @Override
    public void decode(Path codes, Path out, VqVaeFolder model, boolean force) {
        int[] all = CodeFile.read(codes, Integer.MAX_VALUE);
        byte[] bytes = new byte[all.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ('a' + all[i]);
        }
        OutputFile.write(out, force, partial -> Files.write(partial, bytes));
    }
}
