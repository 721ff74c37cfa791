package org.chanterelle.evaluate.sing;

import java.util.Locale;
import org.chanterelle.model.sing.SingCard;
import org.chanterelle.model.sing.SingConfig;

/**
 * One model's figures, a row of the ablation table.
 *
 * @param model its name
 * @param stage {@code autoencoder} or {@code SING}
 * @param loss what it was trained by: {@code spectral} or {@code waveform}
 * @param timeEmbedding width of the time embedding; 0 for none
 * @param steps optimiser steps, over all stages
 * @param seed of weights and order
 * @param channels width of the decoder
 * @param lstm layers x units of the generator
 * @param parameters of what plays; an autoencoder's are decoder and encoder
 * @param train scores of training notes
 * @param valid of held-out pitches for validation; null without such notes
 * @param test of held-out pitches for the test; null without such notes
 */
public record SingRow(
        String model,
        String stage,
        String loss,
        int timeEmbedding,
        long steps,
        long seed,
        int channels,
        String lstm,
        long parameters,
        NoteScores train,
        NoteScores valid,
        NoteScores test) {
    static final String SING = "SING";
    static final String AUTOENCODER = "autoencoder";

    private static final String WAVEFORM_METRIC = "waveform_loss";

    static SingRow of(SingCard card, String stage, NoteScores train, NoteScores valid, NoteScores test) {
        SingConfig config = card.config();
        boolean autoencoder = stage.equals(AUTOENCODER);
        return new SingRow(card.name(), stage, loss(card), autoencoder ? 0 : config.timeSize(), card.training().steps(),
                card.training().seed(), config.channels(),
                autoencoder ? "-" : config.lstmLayers() + " x " + config.lstmUnits(),
                autoencoder ? autoencoderSize(config) : config.parameterCount(), train, valid, test);
    }

    private static long autoencoderSize(SingConfig config) {
        long size = 0;
        for (var entry : config.weightShapes().entrySet()) {
            size += entry.getKey().startsWith(SingConfig.DECODER) ? size(entry.getValue()) : 0;
        }
        for (int[] shape : config.encoderShapes().values()) {
            size += size(shape);
        }
        return size;
    }

    private static long size(int[] shape) {
        return org.chanterelle.model.Tensor.size(shape);
    }

    /** A card tells its loss by a metric or by the command that made it. */
    private static String loss(SingCard card) {
        boolean metric = card.metrics() != null && card.metrics().getOrDefault(WAVEFORM_METRIC, 0.0) > 0;
        String command = card.training().command();
        return metric || command != null && command.contains("--loss waveform") ? "waveform" : "spectral";
    }

    /** Test loss over training loss; NaN without test notes. */
    public double testOverTrain() {
        return test == null ? Double.NaN : test.spectralLoss() / train.spectralLoss();
    }

    static String header() {
        return String.format(Locale.ROOT, "%-24s %-11s %-9s %4s %8s %5s %8s %9s %10s %7s %7s %7s %10s %9s %9s%n", "model",
                "stage",
                "loss", "time", "steps", "seed", "channels", "LSTM", "parameters", "train", "valid", "test", "test/train",
                "MSE train", "MSE test");
    }

    String line() {
        return String.format(Locale.ROOT, "%-24s %-11s %-9s %4s %8d %5d %8d %9s %10d %7s %7s %7s %10s %9s %9s%n", model, stage,
                loss,
                stage.equals(AUTOENCODER) ? "-" : timeEmbedding, steps, seed, channels, lstm, parameters, spectral(train),
                spectral(valid), spectral(test), test == null ? "-" : String.format(Locale.ROOT, "%.2f", testOverTrain()),
                square(train), square(test));
    }

    private static String spectral(NoteScores scores) {
        return scores == null ? "-" : String.format(Locale.ROOT, "%.4f", scores.spectralLoss());
    }

    private static String square(NoteScores scores) {
        return scores == null ? "-" : String.format(Locale.ROOT, "%.2e", scores.waveformMse());
    }
}
