package org.chanterelle.cli;

import org.chanterelle.train.TrainingResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.sing.NoteExport;
import org.chanterelle.train.sing.SingStage;
import org.chanterelle.train.sing.SingTrainer;
import org.chanterelle.train.sing.SingTrainingConfig;
import org.chanterelle.train.sing.SingTrainingConfig.Loss;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train sing}: a generator of single notes from a folder of them. */
@Command(name = "sing", description = "Trains a generator of single notes (SING) from a folder of notes in NSynth's layout. A run that was stopped goes on with the same command.")
final class TrainSingCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Mixin
    private TrainingOptions options;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Folder of notes with its index.")
    private Path data;

    @Option(names = "--out", paramLabel = "MODEL", description = "Model folder to make.")
    private Path out;

    @Option(names = "--loss", paramLabel = "spectral|waveform", description = "Instead of the settings' loss.")
    private String loss;

    @Option(names = "--time-size", paramLabel = "N", description = "Width of the time embedding instead of the settings'; 0 for none.")
    private Integer timeSize;

    @Option(names = "--seed", paramLabel = "N", description = "Instead of the settings' seed.")
    private Long seed;

    @Option(names = "--export", paramLabel = "FILE", description = "Only writes notes and settings to one file, for models/training/sing_twin.py.")
    private Path export;

    @Option(names = "--export-notes", paramLabel = "N", defaultValue = "0", description = "Most notes in that file, of about 60 kB each, spread over all; 0 for all.")
    private int exportNotes;

    @Override
    public void run() {
        SingTrainingConfig settings = (options.config == null
                ? SingTrainingConfig.defaults()
                : SingTrainingConfig.read(options.config))
                .with(loss(), timeSize(), seed);
        if (export != null) {
            if (exportNotes < 0) {
                throw new UserError("--export-notes " + exportNotes + ": expected 0 or more.");
            }
            int notes = NoteExport.write(data, settings, export, exportNotes);
            reporting.tell(Map.of("file", export.toString(), "notes", notes), export + ": " + notes + " notes");
            return;
        }
        if (out == null) {
            throw new UserError("train sing: expected --out MODEL, or --export FILE.");
        }
        SingTrainer.Request request = new SingTrainer.Request(data, out, settings, options.steps, options.minutes, options.cuda(),
                options.typed("sing", data, out, "--loss", loss, "--time-size", timeSize, "--seed", seed));
        TrainingResult result;
        try (ProgressBar bar = reporting.progress("train")) {
            result = new SingTrainer(request, new Listener(bar)).run();
        }
        reporting.tell(TrainingOptions.describe(out, result), TrainingOptions.text(out, result));
    }

    private Loss loss() {
        if (loss == null) {
            return null;
        }
        return switch (loss) {
            case "spectral" -> Loss.SPECTRAL;
            case "waveform" -> Loss.WAVEFORM;
            default -> throw new UserError("--loss " + loss + ": expected spectral or waveform.");
        };
    }

    private Integer timeSize() {
        if (timeSize != null && (timeSize < 0 || timeSize > 1024)) {
            throw new UserError("--time-size " + timeSize + ": expected 0 to 1024.");
        }
        return timeSize;
    }

    /** Shows how it goes. */
    private final class Listener implements SingTrainer.Listener {
        private final ProgressBar bar;

        Listener(ProgressBar bar) {
            this.bar = bar;
        }

        @Override
        public void reading(double share) {
            bar.show(share, Double.NaN, "reading notes");
        }

        @Override
        public void loaded(int trainNotes, int validNotes, int instruments, SingStage stage, long resumedAtStep) {
            bar.close();
            reporting.note(String.format(
                    Locale.ROOT,
                    "%d notes of %d instruments to train on, %d to judge by%s",
                    trainNotes,
                    instruments,
                    validNotes,
                    resumedAtStep > 0 ? "; going on from step " + resumedAtStep + ", stage " + stage.label() : ""));
        }

        @Override
        public void step(SingStage stage, long step, double loss, double share, double secondsLeft) {
            bar.show(share, secondsLeft, String.format(Locale.ROOT, "%s, step %d, loss %.4f", stage.label(), step, loss));
        }

        @Override
        public void levelling(double share) {
            bar.show(share, Double.NaN, "comparing levels");
        }

        @Override
        public void checkpoint(SingStage stage, LossPoint point, boolean best) {
            bar.close();
            reporting.note(stage.label() + ", " + TrainingOptions.text(point, best));
        }
    }
}
