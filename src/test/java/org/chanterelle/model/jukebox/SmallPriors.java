package org.chanterelle.model.jukebox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.chanterelle.model.CardFile;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.Safetensors;

/** Three levels of small untrained autoencoders and priors that fit each other, as model folders. */
public final class SmallPriors {
    private static final int CONTEXT = 16;

    private SmallPriors() {}

    /** Writes {@code jukebox-0} to {@code jukebox-2} and {@code jukebox-prior-0} to {@code jukebox-prior-2}, the bottom first. */
    public static void write(Path folder) throws IOException {
        VqVaeFolder above = null;
        for (int level = 2; level >= 0; level--) {
            VqVaeConfig config = new VqVaeConfig(16000, level, List.of(level + 1), 4, 1, 3, 0, 4, 16);
            VqVaeFolder own = VqVaeFolder.load(TestVqVaeModels.write(folder.resolve("jukebox-" + level), config, level + 1));
            writePrior(folder.resolve("jukebox-prior-" + level), own, above);
            above = own;
        }
    }

    private static void writePrior(Path folder, VqVaeFolder own, VqVaeFolder above) throws IOException {
        TransformerConfig size = new TransformerConfig(16, 3, 2, 16, 32, 4, List.of(TransformerConfig.Pattern.ROW,
                TransformerConfig.Pattern.COLUMN, TransformerConfig.Pattern.PREVIOUS_ROW));
        VqVaeConfig codes = own.card().config();
        PriorConfig config = new PriorConfig(codes.sampleRateHz(), codes.level(), codes.hop(), codes.codes(), CONTEXT, size,
                above == null,
                List.of("unknown", "Anna Müller", "Bela"), List.of("unknown", "folk"), 0, 60, 8,
                above == null ? null : new PriorConfig.Upper(16, 1, 8, 2, 3, 0, false), null, own.checksum(),
                above == null ? 0 : above.checksum());
        PriorCard card = new PriorCard(ModelCard.FORMAT_VERSION, folder.getFileName().toString(), PriorConfig.KIND, "A test.",
                "CC0", config, new ModelCard.Training("none", 0, 0, 1), List.of(), Map.of());
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(ModelFolder.CARD), CardFile.toJson(card));
        try (var out = Files.newOutputStream(folder.resolve(ModelFolder.WEIGHTS))) {
            Safetensors.write(out, TestPriors.weights(config, config.level()), Safetensors.Precision.F32);
        }
    }
}
