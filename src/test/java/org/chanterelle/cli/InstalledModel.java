package org.chanterelle.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.chanterelle.model.TestModels;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives the commands a home with the shipped presets and one small model, {@code violin-16k}, of random weights. */
final class InstalledModel implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Path home = Path.of("target", "test-home");
        Files.createDirectories(home);
        TestModels.write(home.resolve("models").resolve("violin-16k"), TestModels.smallConfig(), 3);
        copyPresets(home.resolve("presets"));
        System.setProperty("chanterelle.home", home.toString());
    }

    private static void copyPresets(Path target) throws IOException {
        Files.createDirectories(target);
        try (Stream<Path> shipped = Files.list(Path.of("presets"))) {
            for (Path file : shipped.toList()) {
                Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** A vowel at 300 Hz in all channels. */
    static float[][] sung(int channels, int rateHz, double seconds) {
        float[][] audio = new float[channels][(int) (seconds * rateHz)];
        for (int i = 0; i < audio[0].length; i++) {
            double phase = 2 * Math.PI * 300 * i / rateHz;
            float x = (float) (0.1 * (Math.sin(phase) + 0.5 * Math.sin(2 * phase) + 0.3 * Math.sin(3 * phase)));
            for (float[] channel : audio) {
                channel[i] = x;
            }
        }
        return audio;
    }
}
