package org.chanterelle.evaluate.mel2mel;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.evaluate.ColourMap;
import org.chanterelle.evaluate.Page;
import org.chanterelle.generate.mel2mel.Mel2MelPredictor;
import org.chanterelle.generate.mel2mel.TimbrePath;
import org.chanterelle.generate.mel2mel.WindowStore;
import org.chanterelle.model.mel2mel.Mel2MelConfig;
import org.chanterelle.model.mel2mel.Mel2MelFolder;
import org.chanterelle.model.mel2mel.PianoRoll;

/**
 * One page: a roll, its spectrogram as the sound font plays it and as the model says, and the model's plane of timbres, coloured by
 * spectral centroid and by energy.
 */
final class Mel2MelPicture {
    private static final int WIDTH = 1240;
    private static final int EDGE = 20;
    private static final int LABEL = 24;
    private static final int ROLL_HEIGHT = 2 * PianoRoll.KEYS;
    private static final int MEL_HEIGHT = 240;
    private static final int MAP_SIZE = 580;
    private static final int SIDE = 13;
    private static final int MOST_FRAMES = 2_400;
    private static final int DOT = 8;

    /** The colours of a spectrogram span 80 dB. */
    private static final double RANGE = 8 * Math.log(10) / 2;

    private final Graphics2D g;
    private int y = EDGE;

    private Mel2MelPicture(Graphics2D g) {
        this.g = g;
    }

    static BufferedImage draw(Mel2MelFolder model, Mel2MelClip clip) {
        int frames = Math.min(MOST_FRAMES, clip.mel().length);
        Mel2MelConfig config = model.card().config();
        TimbrePlane plane = TimbrePlane.of(model);
        float[][] predicted;
        TimbreMap map;
        try (Mel2MelPredictor predictor = new Mel2MelPredictor(config, model.weights())) {
            float[] timbre = model.timbre(config.indexOf("clip:", clip.instrument()));
            predicted = predictor.of(clip.roll(), TimbrePath.fixed(timbre), frames, WindowStore.NONE, "", share -> {});
            map = TimbreMap.of(predictor, plane, config.controlRateHz(), SIDE);
        }
        double top = highest(clip.mel());
        int height = 2 * EDGE + 4 * (LABEL + EDGE) + ROLL_HEIGHT + 2 * MEL_HEIGHT + MAP_SIZE;
        return Page.draw(WIDTH, height, g -> {
            g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
            Mel2MelPicture page = new Mel2MelPicture(g);
            String seconds = String.format(Locale.ROOT, "%s, %.0f s", clip.instrument(), frames / config.controlRateHz());
            page.panel("roll: keys 21 to 108, beginnings bright; " + seconds, ROLL_HEIGHT, roll(clip.roll(), frames));
            page.panel("log-mel spectrogram of the sound font, 0 to 8 kHz", MEL_HEIGHT, mel(clip.mel(), frames, top));
            page.panel("log-mel spectrogram of " + model.card().name(), MEL_HEIGHT, mel(predicted, frames, top));
            page.maps(plane, map, config.instruments());
        });
    }

    private void panel(String label, int height, BufferedImage image) {
        g.setColor(Color.BLACK);
        g.drawString(label, EDGE, y + LABEL - 8);
        g.drawImage(image, EDGE, y + LABEL, WIDTH - 2 * EDGE, height, null);
        y += LABEL + height + EDGE;
    }

    private static BufferedImage roll(PianoRoll roll, int frames) {
        float[] columns = new float[frames * PianoRoll.ROWS];
        roll.write(0, frames, columns, 0);
        BufferedImage image = new BufferedImage(frames, PianoRoll.KEYS, BufferedImage.TYPE_INT_RGB);
        for (int frame = 0; frame < frames; frame++) {
            for (int key = 0; key < PianoRoll.KEYS; key++) {
                float struck = columns[frame * PianoRoll.ROWS + key];
                float held = columns[frame * PianoRoll.ROWS + PianoRoll.KEYS + key];
                image.setRGB(frame, PianoRoll.KEYS - 1 - key, ColourMap.rgb(struck > 0 ? 1 : 0.7 * held));
            }
        }
        return image;
    }

    private static double highest(float[][] mel) {
        double top = Double.NEGATIVE_INFINITY;
        for (float[] row : mel) {
            for (float value : row) {
                top = Math.max(top, value);
            }
        }
        return top;
    }

    private static BufferedImage mel(float[][] mel, int frames, double top) {
        BufferedImage image = new BufferedImage(frames, MelSpectrum.BANDS, BufferedImage.TYPE_INT_RGB);
        for (int frame = 0; frame < frames; frame++) {
            for (int band = 0; band < MelSpectrum.BANDS; band++) {
                double share = 1 + (mel[frame][band] - top) / RANGE;
                image.setRGB(frame, MelSpectrum.BANDS - 1 - band, ColourMap.rgb(share));
            }
        }
        return image;
    }

    private void maps(TimbrePlane plane, TimbreMap map, List<String> instruments) {
        String axes = String.format(Locale.ROOT, "axes: %.0f and %.0f %% of the variance",
                100 * plane.shares()[0], 100 * plane.shares()[1]);
        map("timbres by spectral centroid in Hz", axes, EDGE, plane, map.centroidHz(), instruments);
        map("timbres by energy in dB", "the same axes", WIDTH - EDGE - MAP_SIZE, plane, map.energyDb(), instruments);
    }

    private void map(String label, String axes, int left, TimbrePlane plane, double[][] values, List<String> instruments) {
        double low = Arrays.stream(values).flatMapToDouble(Arrays::stream).min().orElse(0);
        double high = Arrays.stream(values).flatMapToDouble(Arrays::stream).max().orElse(1);
        int side = values.length;
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                double share = high > low ? (values[row][column] - low) / (high - low) : 0;
                image.setRGB(column, side - 1 - row, ColourMap.rgb(share));
            }
        }
        g.setColor(Color.BLACK);
        g.drawString(String.format(Locale.ROOT, "%s, %.0f (dark) to %.0f; %s", label, low, high, axes), left, y + LABEL - 8);
        g.drawImage(image, left, y + LABEL, MAP_SIZE, MAP_SIZE, null);
        for (int i = 0; i < instruments.size(); i++) {
            dot(left, plane, plane.points()[i], instruments.get(i));
        }
    }

    private void dot(int left, TimbrePlane plane, double[] point, String name) {
        double[] x = plane.range(0);
        double[] up = plane.range(1);
        int atX = left + (int) (MAP_SIZE * (point[0] - x[0]) / (x[1] - x[0]));
        int atY = y + LABEL + (int) (MAP_SIZE * (1 - (point[1] - up[0]) / (up[1] - up[0])));
        g.setColor(Color.WHITE);
        g.fillOval(atX - DOT / 2 - 1, atY - DOT / 2 - 1, DOT + 2, DOT + 2);
        g.setColor(Color.BLACK);
        g.fillOval(atX - DOT / 2, atY - DOT / 2, DOT, DOT);
        int width = g.getFontMetrics().stringWidth(name);
        int textX = Math.min(atX + DOT, left + MAP_SIZE - width - 2);
        g.setColor(new Color(255, 255, 255, 190));
        g.fillRect(textX - 2, atY - 20, width + 4, 16);
        g.setColor(Color.BLACK);
        g.drawString(name, textX, atY - 7);
    }
}
