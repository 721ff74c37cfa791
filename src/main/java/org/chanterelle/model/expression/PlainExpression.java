package org.chanterelle.model.expression;

import java.util.SplittableRandom;

/**
 * Notes as a careful player of any instrument might shape them, set by hand: for models without measured notes. Harder notes begin
 * faster, wide intervals take longer.
 */
public final class PlainExpression implements Expression {
    @Override
    public NoteExpression draw(NoteContext context, SplittableRandom random) {
        double hard = context.level() - 0.5;
        double width = Double.isNaN(context.intervalSemitones()) ? 0 : Math.min(12, Math.abs(context.intervalSemitones()));
        return new NoteExpression(
                (float) (0.035 * Math.exp(-0.8 * hard + 0.3 * random.nextGaussian())),
                (float) Math.clamp(10 - 4 * hard + 3 * random.nextGaussian(), 3, 20),
                (float) Math.max(0, 4 + 2 * random.nextGaussian()),
                (float) (0.8 * random.nextGaussian()),
                (float) Math.max(0, 1.5 + 0.7 * random.nextGaussian()),
                (float) (0.4 * Math.exp(0.3 * random.nextGaussian())),
                (float) Math.max(0.2, 0.6 + 0.2 * random.nextGaussian()),
                (float) (0.5 * random.nextGaussian()),
                (float) random.nextDouble(0.18, 0.34),
                (float) Math.clamp(5.7 + 0.3 * random.nextGaussian(), 5.2, 6.6),
                (float) Math.clamp(14 + 3 * random.nextGaussian(), 9, 22),
                (float) (-4 + 6 * random.nextGaussian()),
                (float) random.nextDouble(0.015, 0.04),
                (float) random.nextDouble(0.03, 0.04 + 0.003 * width),
                (float) (0.08 * Math.exp(0.25 * random.nextGaussian())));
    }
}
