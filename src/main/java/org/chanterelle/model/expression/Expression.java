package org.chanterelle.model.expression;

import java.util.SplittableRandom;

/** Shapes notes. Any thread. */
public interface Expression {
    /** Draws how the next note is played; equal contexts and equal random numbers give equal notes. */
    NoteExpression draw(NoteContext context, SplittableRandom random);
}
