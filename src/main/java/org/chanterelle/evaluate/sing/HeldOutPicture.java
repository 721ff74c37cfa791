package org.chanterelle.evaluate.sing;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.chanterelle.evaluate.Page;
import org.chanterelle.evaluate.Spectrogram;
import org.chanterelle.train.notes.NoteFolder;

/** Spectrograms of notes never heard in training: a row for each, a column for the truth and for each rendering, on one scale of levels. */
final class HeldOutPicture {
    private static final int CELL_WIDTH = 420;
    private static final int CELL_HEIGHT = 230;
    private static final int GAP = 8;
    private static final int TOP = 30;
    private static final int LABEL = 22;
    private static final double LOWEST_HZ = 40;

    /**
     * One note.
     *
     * @param name what it is
     * @param sounds the truth and its renderings in the order of the columns
     */
    record Row(String name, List<float[]> sounds) {}

    private HeldOutPicture() {}

    static BufferedImage draw(List<String> columns, List<Row> rows) {
        int width = columns.size() * (CELL_WIDTH + GAP) + GAP;
        int height = TOP + rows.size() * (CELL_HEIGHT + LABEL + GAP);
        return Page.draw(width, height, g -> {
            g.setColor(Color.BLACK);
            g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
            for (int c = 0; c < columns.size(); c++) {
                g.drawString(columns.get(c), left(c) + 4, TOP - 10);
            }
            g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
            for (int r = 0; r < rows.size(); r++) {
                drawRow(g, TOP + r * (CELL_HEIGHT + LABEL + GAP), rows.get(r));
            }
        });
    }

    private static void drawRow(Graphics2D g, int top, Row row) {
        double seconds = (double) NoteFolder.FRAMES / NoteFolder.RATE_HZ;
        double highHz = NoteFolder.RATE_HZ / 2.0;
        double topDb = 0;
        for (int c = 0; c < row.sounds.size(); c++) {
            Spectrogram spectrogram = new Spectrogram(row.sounds.get(c), NoteFolder.RATE_HZ);
            topDb = c == 0 ? Math.ceil(spectrogram.loudestDb() / 10) * 10 : topDb;
            g.drawImage(spectrogram.image(CELL_WIDTH, CELL_HEIGHT, seconds, LOWEST_HZ, highHz, topDb), left(c), top + LABEL,
                    null);
        }
        g.drawString(row.name
                + String.format(java.util.Locale.ROOT, ": 0 to %.0f s, %.0f Hz to %.0f Hz (logarithmic), %.0f to %.0f dBFS",
                        seconds, LOWEST_HZ, highHz, topDb - Spectrogram.RANGE_DB, topDb),
                left(0), top + LABEL - 6);
    }

    private static int left(int column) {
        return GAP + column * (CELL_WIDTH + GAP);
    }
}
