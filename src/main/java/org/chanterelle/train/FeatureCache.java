package org.chanterelle.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.model.Safetensors;
import org.chanterelle.model.Tensor;
import org.chanterelle.signal.FeatureTrack;

/** Features on disk, keyed by all that they depend on, so that a resumed or repeated training starts at once. */
final class FeatureCache {
    private static final int VERSION = 1;

    private final Path folder;

    FeatureCache(Path folder) {
        this.folder = folder;
    }

    FeatureTrack get(Path recording, double controlRateHz, double gainDb, Supplier<FeatureTrack> extract) throws IOException {
        String key = VERSION + "|" + recording.toAbsolutePath() + "|" + Files.size(recording) + "|"
                + Files.getLastModifiedTime(recording) + "|" + controlRateHz + "|" + gainDb;
        Path file = folder.resolve(hash(key) + ".safetensors");
        if (Files.exists(file)) {
            return decode(controlRateHz, Safetensors.read(file));
        }
        FeatureTrack track = extract.get();
        Files.createDirectories(folder);
        OutputFile.write(file, true, path -> {
            try (var out = Files.newOutputStream(path)) {
                Safetensors.write(out, encode(track), Safetensors.Precision.F32);
            }
        });
        return track;
    }

    private static Map<String, Tensor> encode(FeatureTrack track) {
        int[] shape = {track.length()};
        float[] voiced = new float[track.length()];
        for (int i = 0; i < voiced.length; i++) {
            voiced[i] = track.voiced()[i] ? 1f : 0f;
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("f0Hz", new Tensor(shape, track.f0Hz()));
        tensors.put("loudnessDb", new Tensor(shape, track.loudnessDb()));
        tensors.put("confidence", new Tensor(shape, track.confidence()));
        tensors.put("voiced", new Tensor(shape, voiced));
        return tensors;
    }

    private static FeatureTrack decode(double controlRateHz, Map<String, Tensor> tensors) {
        float[] flags = tensors.get("voiced").values();
        boolean[] voiced = new boolean[flags.length];
        for (int i = 0; i < voiced.length; i++) {
            voiced[i] = flags[i] > 0.5f;
        }
        return new FeatureTrack(
                controlRateHz,
                tensors.get("f0Hz").values(),
                tensors.get("loudnessDb").values(),
                tensors.get("confidence").values(),
                voiced);
    }

    private static String hash(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
