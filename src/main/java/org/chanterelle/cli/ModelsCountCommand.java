package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.train.jukebox.ModelSize;
import org.chanterelle.train.jukebox.PriorSize;
import org.chanterelle.train.jukebox.PriorTrainingConfig;
import org.chanterelle.train.jukebox.VqVaeTrainingConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code models count}: what a configuration would take. */
@Command(name = "count", description = "Counts the parameters of a training configuration's networks and the memory they take.")
final class ModelsCountCommand implements Runnable {
    private static final double MIB = 1 << 20;

    @Mixin
    private Reporting reporting;

    @Parameters(index = "0", paramLabel = "CONFIG", description = "Configuration of train vqvae, prior or upsampler.")
    private Path config;

    @Override
    public void run() {
        if (PriorTrainingConfig.is(config)) {
            countTransformer();
        } else {
            countAutoencoders();
        }
    }

    private void countTransformer() {
        PriorTrainingConfig settings = PriorTrainingConfig.read(config);
        PriorSize size = PriorSize.of(settings.countedModel(), settings.batch());
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("config", config.toString());
        object.put("size", size);
        object.put("parameters", size.parameters());
        reporting.tell(object, String.format(Locale.ROOT,
                "%d layers over %,d codes, %,d parameters: %,.1f MiB as shipped, about %,.0f MiB to sample one window,"
                        + " about %,.0f MiB in training at batch %d%n",
                size.layers(), settings.context(), size.parameters(), size.shippedBytes() / MIB, size.samplingBytes() / MIB,
                size.trainingBytes() / MIB, settings.batch()));
    }

    private void countAutoencoders() {
        VqVaeTrainingConfig settings = VqVaeTrainingConfig.read(config);
        List<ModelSize> sizes = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int level = 0; level < settings.levels(); level++) {
            ModelSize size = ModelSize.of(settings, level);
            sizes.add(size);
            text.append(String.format(Locale.ROOT,
                    "level %d: hop %d, %,d parameters, %.1f MiB as shipped, about %,.0f MiB in training at batch %d of %.2f s, reach %.3f s%n",
                    level, size.hop(), size.parameters(), size.shippedBytes() / MIB, size.trainingBytes() / MIB, settings.batch(),
                    (double) settings.cropFrames() / settings.network().sampleRateHz(), size.encoderReachSeconds()));
        }
        long all = sizes.stream().mapToLong(ModelSize::parameters).sum();
        text.append(String.format(Locale.ROOT, "in all: %,d parameters%n", all));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("config", config.toString());
        object.put("levels", sizes);
        object.put("parameters", all);
        reporting.tell(object, text.toString());
    }
}
