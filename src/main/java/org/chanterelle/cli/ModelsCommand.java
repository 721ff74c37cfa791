package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.model.CardFile;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.ModelConfig;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.jukebox.PriorCard;
import org.chanterelle.model.jukebox.PriorConfig;
import org.chanterelle.model.jukebox.PriorFolder;
import org.chanterelle.model.jukebox.VqVaeCard;
import org.chanterelle.model.jukebox.VqVaeConfig;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.model.mel2mel.Mel2MelCard;
import org.chanterelle.model.mel2mel.Mel2MelConfig;
import org.chanterelle.model.mel2mel.Mel2MelFolder;
import org.chanterelle.model.sing.SingCard;
import org.chanterelle.model.sing.SingConfig;
import org.chanterelle.model.sing.SingFolder;
import org.chanterelle.model.vocoder.VocoderCard;
import org.chanterelle.model.vocoder.VocoderFolder;
import org.chanterelle.signal.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code models}: what there is, with licences and attributions. */
@Command(name = "models", description = "Lists the models, with licences and attributions.", subcommands = ModelsCountCommand.class)
final class ModelsCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Override
    public void run() {
        List<Map<String, Object>> objects = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        UserError damaged = null;
        for (Path folder : Home.modelFolders()) {
            try {
                add(folder, objects, text);
            } catch (UserError e) {
                damaged = e;
            }
        }
        if (objects.isEmpty() && damaged == null) {
            text.append("No models in ").append(Home.models()).append(". Train one: chanterelle train timbre --help");
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("folder", Home.models().toString());
        object.put("models", objects);
        reporting.tell(object, text.toString());
        if (damaged != null) {
            throw damaged;
        }
    }

    private static void add(Path folder, List<Map<String, Object>> objects, StringBuilder text) {
        switch (CardFile.kind(folder)) {
            case SingConfig.KIND -> {
                SingFolder model = SingFolder.load(folder);
                objects.add(describe(folder, model.card().config(), model.card()));
                text.append(text(model.card())).append('\n');
            }
            case Mel2MelConfig.KIND -> {
                Mel2MelFolder model = Mel2MelFolder.load(folder);
                objects.add(describe(folder, model.card().config(), model.card()));
                text.append(text(model.card())).append('\n');
            }
            case VqVaeConfig.KIND -> {
                VqVaeFolder model = VqVaeFolder.load(folder);
                objects.add(describe(folder, model.card().config(), model.card()));
                text.append(text(model.card())).append('\n');
            }
            case PriorConfig.KIND -> {
                PriorFolder model = PriorFolder.load(folder);
                objects.add(describe(folder, model.card().config(), model.card()));
                text.append(text(model.card())).append('\n');
            }
            case VocoderCard.KIND -> {
                VocoderFolder model = VocoderFolder.load(folder);
                objects.add(describe(folder, model.card().network(), model.card()));
                text.append(text(model.card())).append('\n');
            }
            default -> {
                ModelFolder model = ModelFolder.load(folder);
                objects.add(describe(folder, model.card().config(), model.card()));
                text.append(text(model.card())).append('\n');
            }
        }
    }

    private static String text(VqVaeCard card) {
        VqVaeConfig config = card.config();
        return String.format(
                Locale.ROOT,
                "%s: %s%n  %d Hz, level %d: %d codes, one in %d audio frames, %.0f bit/s, %,d parameters%n  licence of the weights: %s%n",
                card.name(),
                card.description(),
                config.sampleRateHz(),
                config.level(),
                config.codes(),
                config.hop(),
                config.codeRateHz() * config.bitsPerCode(),
                config.parameterCount(),
                card.licence()) + sources(card.data());
    }

    private static String text(PriorCard card) {
        PriorConfig config = card.config();
        return String.format(
                Locale.ROOT,
                "%s: %s%n  level %d, %d codes at a time (%.1f s)%s%s, %,d parameters%n  artists: %s%n  genres: %s%n"
                        + "  licence of the weights: %s%n",
                card.name(),
                card.description(),
                config.level(),
                config.context(),
                config.context() / config.codeRateHz(),
                config.upper() == null ? "" : ", under the codes of level " + (config.level() + 1),
                config.lyrics() == null ? "" : ", reads " + config.lyrics().characters() + " characters of lyrics",
                config.parameterCount(),
                String.join(", ", config.artists()),
                String.join(", ", config.genres()),
                card.licence()) + sources(card.data());
    }

    private static Map<String, Object> describe(Path folder, ModelConfig config, Object card) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("path", folder.toString());
        object.put("parameters", config.parameterCount());
        object.put("card", card);
        return object;
    }

    private static String text(SingCard card) {
        SingConfig config = card.config();
        return String.format(
                Locale.ROOT,
                "%s: %s%n  %d Hz, notes of %.1f s, %,d parameters, keys %d to %d; %d instruments: %s%n  licence of the weights: %s%n",
                card.name(),
                card.description(),
                config.sampleRateHz(),
                (double) config.noteSamples() / config.sampleRateHz(),
                config.parameterCount(),
                config.lowestPitch(),
                config.highestPitch(),
                config.instruments().size(),
                String.join(", ", config.instruments()),
                card.licence()) + sources(card.data());
    }

    private static String text(Mel2MelCard card) {
        Mel2MelConfig config = card.config();
        return String.format(Locale.ROOT,
                "%s: %s%n  %d Hz, %,d parameters, timbres of %d numbers; %d instruments: %s%n  licence of the weights: %s%n",
                card.name(), card.description(), config.sampleRateHz(), config.parameterCount(), config.timbreSize(),
                config.instruments().size(), String.join(", ", config.instruments()), card.licence()) + sources(card.data());
    }

    private static String text(VocoderCard card) {
        return String.format(
                Locale.ROOT,
                "%s: %s%n  vocoder at 16000 Hz, %,d parameters%n  licence of the weights: %s%n",
                card.name(),
                card.description(),
                card.network().parameterCount(),
                card.licence()) + sources(card.data());
    }

    private static String text(ModelCard card) {
        return String.format(
                Locale.ROOT,
                "%s: %s%n  %d Hz, %.0f control frames/s, %,d parameters, %.0f to %.0f Hz; rooms: %s%n  licence of the weights: %s%n",
                card.name(),
                card.description(),
                card.config().sampleRateHz(),
                card.config().controlRateHz(),
                card.config().parameterCount(),
                card.pitchRange().lowHz(),
                card.pitchRange().highHz(),
                card.rooms() == null || card.rooms().isEmpty() ? "none" : String.join(", ", card.rooms()),
                card.licence()) + sources(card.data());
    }

    private static String sources(List<ModelCard.Source> sources) {
        StringBuilder text = new StringBuilder();
        if (sources != null) {
            for (ModelCard.Source source : sources) {
                text.append("  data: ").append(source.attribution()).append(" (").append(source.licence()).append(")\n");
            }
        }
        return text.toString();
    }
}
