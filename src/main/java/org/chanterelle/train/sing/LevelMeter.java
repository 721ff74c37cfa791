package org.chanterelle.train.sing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.model.CardFile;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.sing.SingCard;
import org.chanterelle.model.sing.SingConfig;
import org.chanterelle.model.sing.SingFolder;
import org.chanterelle.model.sing.SingLevels;
import org.chanterelle.signal.Levels;
import org.chanterelle.train.Parameters;
import org.chanterelle.train.notes.NoteEntry;

/** Compares a trained model's level with that of the notes it was trained on, pitch by pitch, and writes the difference to its card. */
final class LevelMeter {
    private static final int BATCH = 8;
    private static final double SILENCE_DBFS = -90;

    private final SingNotes notes;
    private final SingStep stepper;
    private final DoubleConsumer progress;

    LevelMeter(SingNotes notes, SingStep stepper, DoubleConsumer progress) {
        this.notes = notes;
        this.stepper = stepper;
        this.progress = progress;
    }

    /** Only training notes are heard; a held-out pitch takes what its neighbours need. */
    void measure(Path folder) {
        SingFolder model = SingFolder.load(folder);
        SingConfig config = model.card().config();
        int velocity = config.velocities().get(config.velocities().size() / 2);
        List<NoteEntry> heard = notes.train().stream().filter(note -> note.velocity() == velocity).toList();
        double[][] db = new double[config.instruments().size()][config.pitches()];
        Arrays.stream(db).forEach(row -> Arrays.fill(row, Double.NaN));
        Parameters weights = Parameters.of(model.weights());
        for (int from = 0; from < heard.size(); from += BATCH) {
            compare(config, weights, heard.subList(from, Math.min(from + BATCH, heard.size())), db);
            progress.accept((double) Math.min(from + BATCH, heard.size()) / heard.size());
        }
        String card = CardFile.toJson(model.card().withInstruments(levelled(model.card(), db)));
        OutputFile.write(folder.resolve(ModelFolder.CARD), true, path -> Files.writeString(path, card));
    }

    private void compare(SingConfig config, Parameters weights, List<NoteEntry> batch, double[][] db) {
        SingNotes.Symbols symbols = notes.symbols(batch);
        float[] sound = stepper.render(weights, symbols);
        int length = sound.length / batch.size();
        int held = (int) (config.holdSeconds() * config.sampleRateHz());
        for (int i = 0; i < batch.size(); i++) {
            int from = i * length + config.leadSamples();
            double own = Levels.rmsDbfs(sound, from, from + held);
            double wanted = Levels.rmsDbfs(notes.unraised(batch.get(i)), 0, held);
            if (wanted > SILENCE_DBFS) {
                db[symbols.instruments()[i]][symbols.pitches()[i]] = wanted - Math.max(own, SILENCE_DBFS);
            }
        }
    }

    private static List<SingCard.Instrument> levelled(SingCard card, double[][] db) {
        List<SingCard.Instrument> instruments = new ArrayList<>();
        for (int row = 0; row < db.length; row++) {
            SingCard.Instrument own = card.instruments().get(row);
            int lowest = own.lowestPitch() - card.config().lowestPitch();
            double[] range = Arrays.copyOfRange(db[row], lowest, lowest + own.highestPitch() - own.lowestPitch() + 1);
            boolean any = Arrays.stream(range).anyMatch(value -> !Double.isNaN(value));
            instruments.add(own.withLevels(any ? SingLevels.complete(range) : null));
        }
        return instruments;
    }
}
