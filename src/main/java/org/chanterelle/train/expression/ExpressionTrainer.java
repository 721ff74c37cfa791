package org.chanterelle.train.expression;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.expression.ExpressionJson;
import org.chanterelle.model.expression.ExpressionModel;
import org.chanterelle.signal.UserError;

/** Makes a model of expression from a folder of recordings. */
public final class ExpressionTrainer {
    private final Path data;
    private final ExpressionConfig config;

    /**
     * What came of it.
     *
     * @param model to be written
     * @param skipped one line for each recording that could not be used
     */
    public record Result(ExpressionModel model, List<String> skipped) {}

    /**
     * @param data folder of recordings
     * @param config what to look for in it
     */
    public ExpressionTrainer(Path data, ExpressionConfig config) {
        this.data = data;
        this.config = config;
    }

    /**
     * Reads, measures, and keeps what the recordings tell.
     *
     * @param progress hears the share done and a recording's name
     * @throws UserError in one line, when there is nothing to learn from
     */
    public Result run(BiConsumer<Double, String> progress) {
        List<String> skipped = new ArrayList<>();
        ExpressionSet set = measured(progress, skipped::add);
        return new Result(fitting(set), skipped);
    }

    /**
     * Reads and measures all recordings.
     *
     * @param progress hears the share done and a recording's name
     * @param skipped hears one line for each recording that cannot be used
     * @throws UserError in one line, when no notes are found
     */
    public ExpressionSet measured(BiConsumer<Double, String> progress, Consumer<String> skipped) {
        List<Path> files = files();
        ExpressionSet set = new ExpressionSet(config);
        for (int i = 0; i < files.size(); i++) {
            Path name = data.relativize(files.get(i)).normalize();
            progress.accept((double) i / files.size(), name.toString());
            try {
                set.add(name, RecordedNotes.read(files.get(i)));
            } catch (UserError e) {
                skipped.accept(e.getMessage());
            }
        }
        if (set.isEmpty()) {
            throw new UserError(data + ": no notes found in " + files.size() + " recordings of " + config.folders()
                    + ". Give recordings of a single line");
        }
        return set;
    }

    /** As many notes as the file may hold; short notes, of which there are most, give way. */
    private static ExpressionModel fitting(ExpressionSet set) {
        int most = ExpressionSet.MAX_NOTES;
        ExpressionModel model = set.model(most);
        while (ExpressionJson.write(model).getBytes(StandardCharsets.UTF_8).length > ExpressionJson.MAX_BYTES) {
            most = (int) (0.95 * Math.min(most, model.notes().size()));
            model = set.model(most);
        }
        return model;
    }

    /**
     * The recordings that the configuration names, folder by folder.
     *
     * @throws UserError when a folder is missing, or none has any
     */
    public List<Path> files() {
        if (!Files.isDirectory(data)) {
            throw new UserError(data + ": no such directory. Give --data a folder of WAV or FLAC recordings");
        }
        List<Path> files = new ArrayList<>();
        for (String folder : config.folders()) {
            Path path = data.resolve(folder);
            if (!Files.isDirectory(path)) {
                throw new UserError(path + ": no such folder, but the configuration names it. Correct folders");
            }
            try (Stream<Path> found = Files.list(path)) {
                found.filter(ExpressionTrainer::isAudio).sorted().forEach(files::add);
            } catch (IOException e) {
                throw new UserError(path + ": cannot be read: " + e.getMessage(), e);
            }
        }
        if (files.isEmpty()) {
            throw new UserError(data + ": no WAV, FLAC, AIFF or Ogg files in " + config.folders()
                    + ". Name the folders in --config");
        }
        return files;
    }

    private static boolean isAudio(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(wav|flac|aif|aiff|ogg)");
    }

    /** The sources of the configuration, or one that says that none is stated. */
    static List<ModelCard.Source> sources(ExpressionConfig config) {
        return config.sources().isEmpty() ? List.of(new ModelCard.Source("not stated", "", List.of("**"))) : config.sources();
    }
}
