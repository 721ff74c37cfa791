package org.chanterelle.cli;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.chanterelle.generate.jukebox.JukeboxModels;
import org.chanterelle.model.CardFile;
import org.chanterelle.model.jukebox.PriorCard;
import org.chanterelle.model.jukebox.PriorConfig;
import org.chanterelle.model.jukebox.PriorFolder;
import org.chanterelle.model.jukebox.VqVaeConfig;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.preset.Preset;
import org.chanterelle.signal.UserError;

/** Presets of a Jukebox prior: one that asks for nothing, and one for each artist; the other models are those that fit it. */
final class JukeboxPresets {
    private static final int MOST_ARTISTS = 100;
    private static final int MOST_NAME = 64;

    private JukeboxPresets() {}

    /** Presets of a top level's prior by its name or folder; throws UserError when a model that it needs is not installed. */
    static List<Preset> of(String top) {
        PriorCard card = PriorFolder.loadCard(Home.folder(top));
        if (card.config().upper() != null) {
            throw new UserError("--model " + top + ": an upsampler of level " + card.config().level()
                    + "; expected the prior of the top level");
        }
        List<String> autoencoders = new ArrayList<>();
        List<String> priors = new ArrayList<>(List.of(top));
        int checksum = card.config().autoencoder();
        for (int level = card.config().level(); level >= 0; level--) {
            autoencoders.addFirst(autoencoder(level, checksum));
            if (level > 0) {
                int above = checksum;
                Path upsampler = find(level - 1, PriorConfig.KIND, "upsampler under " + autoencoders.getFirst(),
                        folder -> isUpsampler(folder, above));
                priors.addFirst(name(upsampler));
                checksum = PriorFolder.loadCard(upsampler).config().autoencoder();
            }
        }
        JukeboxModels.load(autoencoders.stream().map(Home::folder).toList(), priors.stream().map(Home::folder).toList());
        return presets(top, card, autoencoders, priors);
    }

    private static List<Preset> presets(String top, PriorCard card, List<String> autoencoders, List<String> priors) {
        Map<String, Preset> presets = new LinkedHashMap<>();
        add(presets, "jukebox", "Music that nobody has written.", top, new Preset.JukeboxChoice(autoencoders, priors, null,
                List.of()));
        List<String> artists = card.config().artists();
        for (String artist : artists.subList(1, Math.min(artists.size(), 1 + MOST_ARTISTS))) {
            String plain = Normalizer.normalize(artist, Normalizer.Form.NFD).toLowerCase(Locale.ROOT)
                    .replaceAll("\\p{M}", "").replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
            String name = "jukebox-" + plain.substring(0, Math.min(plain.length(), MOST_NAME - 8)).replaceAll("-$", "");
            String description = "Music in the manner of " + artist.replaceAll("\\p{Cntrl}", " ");
            add(presets, plain.isEmpty() ? "jukebox-artist-" + presets.size() : name,
                    description.substring(0, Math.min(description.length(), 198)) + ".", top,
                    new Preset.JukeboxChoice(autoencoders, priors, artist, List.of()));
        }
        return List.copyOf(presets.values());
    }

    private static void add(Map<String, Preset> presets, String name, String description, String model,
            Preset.JukeboxChoice choice) {
        presets.putIfAbsent(name, new Preset(name, description, model, Preset.Engine.JUKEBOX, Preset.Input.NONE, null, Map.of(),
                List.of(), null, null, null, choice));
    }

    private static String autoencoder(int level, int checksum) {
        return name(find(level, VqVaeConfig.KIND, "autoencoder with checksum " + String.format("%08x", checksum),
                folder -> VqVaeFolder.load(folder).checksum() == checksum));
    }

    private static boolean isUpsampler(Path folder, int above) {
        PriorConfig config = PriorFolder.loadCard(folder).config();
        return config.upper() != null && config.upperAutoencoder() == above;
    }

    private static Path find(int level, String kind, String what, Predicate<Path> fits) {
        return Home.modelFolders().stream()
                .filter(folder -> CardFile.kind(folder).equals(kind) && fits.test(folder))
                .findFirst()
                .orElseThrow(() -> new UserError(Home.models() + ": no " + what + " for level " + level
                        + ". Install or train it, or write the preset by hand"));
    }

    private static String name(Path folder) {
        return folder.getFileName().toString();
    }
}
