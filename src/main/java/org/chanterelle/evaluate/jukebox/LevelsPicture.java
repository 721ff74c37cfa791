package org.chanterelle.evaluate.jukebox;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.chanterelle.evaluate.Page;
import org.chanterelle.evaluate.Spectrogram;

/** Spectrograms of one excerpt and of what came back of it, one above the other, on one scale of levels. */
public final class LevelsPicture {
    private static final int WIDTH = 1300;
    private static final int HEIGHT = 230;
    private static final int LABEL = 22;
    private static final double LOWEST_HZ = 60;

    private LevelsPicture() {}

    /** Draws; {@code names} are those of the sounds. */
    public static BufferedImage draw(List<String> names, List<float[]> sounds, int rateHz) {
        return Page.draw(WIDTH, sounds.size() * (HEIGHT + LABEL), g -> {
            g.setColor(Color.BLACK);
            g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
            double seconds = (double) sounds.getFirst().length / rateHz;
            double topDb = Math.ceil(new Spectrogram(sounds.getFirst(), rateHz).loudestDb() / 10) * 10;
            for (int i = 0; i < sounds.size(); i++) {
                int top = i * (HEIGHT + LABEL);
                g.drawString(String.format(Locale.ROOT, "%s: 0 to %.1f s, %.0f to %.0f Hz (logarithmic), %.0f to %.0f dBFS",
                        names.get(i), seconds, LOWEST_HZ, rateHz / 2.0, topDb - Spectrogram.RANGE_DB, topDb), 4, top + LABEL - 6);
                g.drawImage(new Spectrogram(sounds.get(i), rateHz).image(WIDTH, HEIGHT, seconds, LOWEST_HZ, rateHz / 2.0, topDb),
                        0, top + LABEL, null);
            }
        });
    }
}
