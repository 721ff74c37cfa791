package org.chanterelle.rt;

/**
 * Cuts blocks that are processed in step at a fixed grid on the clock, where the worker answers: so what is played does not depend on
 * how long the blocks are.
 */
final class StepGrid {
    /** Distance of the grid's points in frames: shorter than any voice's answer may take. */
    static final int FRAMES = 32;

    private final AudioBlock piece = new AudioBlock(FRAMES);
    private int message;

    /** The piece of a block from {@code done} to the grid's next point, or the block's end. */
    AudioBlock take(AudioBlock block, int done, long clock) {
        message = done == 0 ? 0 : message;
        piece.frames = Math.min(block.frames - done, FRAMES - (int) Math.floorMod(clock, (long) FRAMES));
        piece.frameTime = block.frameTime + done;
        piece.rolling = block.rolling;
        System.arraycopy(block.in, done, piece.in, 0, piece.frames);
        piece.midiIn.clear();
        piece.midiOut.clear();
        MidiBuffer midi = block.midiIn;
        boolean last = done + piece.frames == block.frames;
        while (message < midi.count() && (last || midi.frame(message) < done + piece.frames)) {
            piece.midiIn.add(midi.frame(message) - done, midi.status(message), midi.data1(message), midi.data2(message));
            message++;
        }
        return piece;
    }

    /** Puts what the piece has become in its place; returns how much of the block is done. */
    int give(AudioBlock block, int done) {
        System.arraycopy(piece.left, 0, block.left, done, piece.frames);
        System.arraycopy(piece.right, 0, block.right, done, piece.frames);
        MidiBuffer sent = piece.midiOut;
        for (int i = 0; i < sent.count(); i++) {
            block.midiOut.add(done + sent.frame(i), sent.status(i), sent.data1(i), sent.data2(i));
        }
        return done + piece.frames;
    }
}
