package org.chanterelle.live;

import org.chanterelle.inference.ComputeDevice;
import org.chanterelle.inference.DecoderWeights;
import org.chanterelle.inference.DjlNetwork;
import org.chanterelle.inference.LiveNetwork;
import org.chanterelle.inference.NoteStarts;
import org.chanterelle.inference.RoomChoice;
import org.chanterelle.inference.RoomResponse;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.expression.Expression;
import org.chanterelle.model.expression.ExpressionModel;
import org.chanterelle.model.expression.LoudnessQuantiles;
import org.chanterelle.model.expression.PlainExpression;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.model.timbre.TimbreConfig;

/**
 * A timbre model made ready for playing: its weights packed, the beginnings of its notes computed, its best room chosen, which takes about
 * a second where it is not kept from another time. Immutable.
 *
 * @param card the model's card
 * @param weights for the live decoder on the CPU
 * @param network what plays
 * @param starts how its notes begin
 * @param attackSeconds the swell that they begin with
 * @param room at the model's rate; null for none
 * @param expression how notes are shaped: as measured for the model, or else by hand
 * @param loudness of the training set at each pitch
 */
public record Instrument(ModelCard card, DecoderWeights weights, LiveNetwork network, NoteStarts starts, double attackSeconds,
        RoomResponse room, Expression expression, LoudnessQuantiles loudness) {
    /** Prepares a model for the CPU. */
    public static Instrument of(ModelFolder model, double attackSeconds, boolean withRoom) {
        return of(model, attackSeconds, withRoom, ComputeDevice.CPU);
    }

    /**
     * Prepares a model.
     *
     * @param withRoom whether it sounds in its own best room
     * @param device where its network runs
     * @throws org.chanterelle.signal.UserError where there is no such device
     */
    public static Instrument of(ModelFolder model, double attackSeconds, boolean withRoom, ComputeDevice device) {
        return of(model, attackSeconds, withRoom, device, null);
    }

    /** Prepares a model with what a cache holds of it; null for none. */
    static Instrument of(ModelFolder model, double attackSeconds, boolean withRoom, ComputeDevice device, InstrumentCache cache) {
        DecoderWeights weights = new DecoderWeights(model);
        LiveNetwork network = device == ComputeDevice.CUDA ? DjlNetwork.onCuda(model) : weights;
        ExpressionModel measured = model.expression().orElse(null);
        LoudnessQuantiles loudness = measured == null ? normal(model.card().normalisation()) : measured.loudness();
        String name = cache == null ? "" : InstrumentCache.nameOf(model, loudness);
        TimbreConfig config = weights.config();
        RoomResponse room = null;
        if (withRoom && config.reverbTaps() > 0) {
            int best = cache == null ? RoomChoice.best(model) : cache.room(name, config.rooms(), () -> RoomChoice.best(model));
            room = RoomResponse.learned(config, model.weights().get("reverb"), best);
        }
        NoteStarts starts = new NoteStarts(weights, model.card().pitchRange(), attackSeconds, loudness,
                (count, compute) -> cache == null ? compute.get() : cache.starts(name, attackSeconds, count, compute));
        return new Instrument(
                model.card(), weights, network, starts, attackSeconds, room, measured == null ? new PlainExpression() : measured,
                loudness);
    }

    /** Where nothing is known by pitch: the same at each, from what the card knows of all. */
    private static LoudnessQuantiles normal(Normalisation n) {
        float middleDb = Math.clamp(n.loudnessMeanDb(), n.loudnessLowDb(), n.loudnessHighDb());
        return new LoudnessQuantiles(0, 1, new float[][] {{n.loudnessLowDb(), middleDb, n.loudnessHighDb()}});
    }

    /** The room's tail at a device's rate, or null. */
    float[] roomTail(double sampleRateHz) {
        return room == null ? null : room.at(weights.config().sampleRateHz(), sampleRateHz).tail();
    }
}
