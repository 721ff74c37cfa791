package org.chanterelle.evaluate.conformance;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import org.chanterelle.audiofile.MidiFile;
import org.chanterelle.signal.TimedMidi;

/** Standard MIDI Files. */
final class MidiAdapters {
    private static final int NOTE_OFF = 0x80;
    private static final int NOTE_ON = 0x90;
    private static final int COLUMNS = 4;

    private MidiAdapters() {}

    /** The notes of a file: rows of seconds, channel, key and velocity, 0 where a note ends; sorted by all four. */
    static Map<String, NpyArray> notes(VectorCase vector) {
        double[][] rows = MidiFile.read(vector.file("song.mid")).messages().stream().filter(MidiAdapters::isNote)
                .map(MidiAdapters::row).sorted(
                        Comparator.<double[]>comparingDouble(row -> row[0]).thenComparingDouble(row -> row[1])
                                .thenComparingDouble(row -> row[2]).thenComparingDouble(row -> row[3]))
                .toArray(double[][]::new);
        return Map.of(
                "events",
                new NpyArray(new int[] {rows.length, COLUMNS}, Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray()));
    }

    private static boolean isNote(TimedMidi message) {
        int kind = message.status() & 0xf0;
        return kind == NOTE_ON || kind == NOTE_OFF;
    }

    private static double[] row(TimedMidi message) {
        return new double[] {
                message.seconds(), message.status() & 0x0f, message.data1(), message.isNoteOn() ? message.data2() : 0};
    }
}
