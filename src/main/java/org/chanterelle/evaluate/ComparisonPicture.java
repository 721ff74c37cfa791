package org.chanterelle.evaluate;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.chanterelle.analysis.FeatureExtractor;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.signal.FeatureTrack;
import org.chanterelle.signal.UserError;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.None;

/** One picture of two sounds, aligned in time: both spectrograms (Hz, dBFS), both pitch curves, both loudness curves. */
public final class ComparisonPicture {
    /**
     * A sound to draw.
     *
     * @param name what the legend calls it
     * @param audio mono, full scale -1 to 1
     * @param sampleRateHz its rate
     * @param features its pitch and loudness
     */
    public record Sound(String name, float[] audio, double sampleRateHz, FeatureTrack features) {
        /** Mixes a clip to mono and extracts the features, 100 a second. */
        public static Sound of(String name, AudioClip clip) {
            float[] audio = clip.mono();
            return new Sound(
                    name, audio, clip.sampleRateHz(), FeatureExtractor.extract(audio, clip.sampleRateHz(), CONTROL_RATE_HZ));
        }

        /** As {@link #of(String, AudioClip)}, named as its file is. */
        public static Sound of(Path file, AudioClip clip) {
            return of(file.getFileName().toString(), clip);
        }
    }

    private static final double CONTROL_RATE_HZ = 100;
    private static final int WIDTH = 1500;
    private static final int SPECTROGRAM_HEIGHT = 440;
    private static final int CURVE_HEIGHT = 260;
    private static final int SCALE_WIDTH = 90;
    private static final int SCALE_BAR_WIDTH = 16;
    private static final double LOWEST_HZ = 60;
    private static final double CURVE_RANGE_DB = 70;
    private static final Color[] COLOURS = {new Color(0x1b6ca8), new Color(0xd1495b)};

    private final Sound before;
    private final Sound after;
    private final double seconds;
    private final double highHz;

    private ComparisonPicture(Sound before, Sound after) {
        this.before = before;
        this.after = before.name.equals(after.name)
                ? new Sound(after.name + " (2)", after.audio, after.sampleRateHz, after.features)
                : after;
        seconds = Math.max(before.audio.length / before.sampleRateHz, after.audio.length / after.sampleRateHz);
        highHz = Math.min(before.sampleRateHz, after.sampleRateHz) / 2;
    }

    /**
     * Draws and writes a PNG.
     *
     * @throws UserError when the file cannot be written, or the machine has no fonts
     */
    public static void write(Path png, Sound before, Sound after, boolean force) {
        Page.write(png, () -> draw(before, after), force);
    }

    /** Draws; needs no display. */
    static BufferedImage draw(Sound before, Sound after) {
        return Page.draw(WIDTH + SCALE_WIDTH, 2 * SPECTROGRAM_HEIGHT + 2 * CURVE_HEIGHT,
                g -> new ComparisonPicture(before, after).drawRows(g));
    }

    private void drawRows(Graphics2D g) {
        Spectrogram first = new Spectrogram(before.audio, before.sampleRateHz);
        Spectrogram second = new Spectrogram(after.audio, after.sampleRateHz);
        double topDb = Math.ceil(Math.max(first.loudestDb(), second.loudestDb()) / 10) * 10;
        drawSpectrogram(g, 0, before.name, first, topDb);
        drawSpectrogram(g, SPECTROGRAM_HEIGHT, after.name, second, topDb);
        drawRow(g, pitchChart(), 2 * SPECTROGRAM_HEIGHT, CURVE_HEIGHT);
        drawRow(g, loudnessChart(), 2 * SPECTROGRAM_HEIGHT + CURVE_HEIGHT, CURVE_HEIGHT);
    }

    private void drawSpectrogram(Graphics2D g, int top, String name, Spectrogram spectrogram, double topDb) {
        XYChart chart = chart(name, "Hz", SPECTROGRAM_HEIGHT);
        chart.getStyler().setYAxisMin(LOWEST_HZ).setYAxisMax(highHz).setYAxisLogarithmic(true)
                .setYAxisLogarithmicDecadeOnly(true);
        chart.getStyler().setPlotGridLinesVisible(false).setLegendVisible(false);
        add(chart, "corners", new double[] {0, seconds / 3, seconds}, new double[] {LOWEST_HZ, LOWEST_HZ, highHz},
                new Color(0, true));
        Rectangle2D plot = drawRow(g, chart, top, SPECTROGRAM_HEIGHT);
        int width = (int) plot.getWidth();
        int height = (int) plot.getHeight();
        g.drawImage(spectrogram.image(width, height, seconds, LOWEST_HZ, highHz, topDb), (int) plot.getX(),
                top + (int) plot.getY(), null);
        drawScale(g, top + (int) plot.getY(), height, topDb);
    }

    private static void drawScale(Graphics2D g, int top, int height, double topDb) {
        int left = WIDTH + 4;
        for (int y = 0; y < height; y++) {
            g.setColor(new Color(ColourMap.rgb(1 - (double) y / height)));
            g.fillRect(left, top + y, SCALE_BAR_WIDTH, 1);
        }
        g.setColor(Color.BLACK);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        for (int step = 0; step <= Spectrogram.RANGE_DB; step += 20) {
            int y = top + (int) (height * step / Spectrogram.RANGE_DB);
            g.drawString(Math.round(topDb - step) + " dB", left + SCALE_BAR_WIDTH + 4, y + 4);
        }
    }

    private XYChart pitchChart() {
        XYChart chart = chart("f0", "Hz", CURVE_HEIGHT);
        double[] voiced = DoubleStream.concat(DoubleStream.of(pitches(before.features)), DoubleStream.of(pitches(after.features)))
                .filter(Double::isFinite)
                .toArray();
        double low = DoubleStream.of(voiced).min().orElse(100);
        double high = DoubleStream.of(voiced).max().orElse(1000);
        chart.getStyler().setYAxisMin(low / 1.2).setYAxisMax(high * 1.2).setYAxisLogarithmic(true)
                .setYAxisLogarithmicDecadeOnly(false);
        add(chart, before.name, times(before.features), pitches(before.features), COLOURS[0]);
        add(chart, after.name, times(after.features), pitches(after.features), COLOURS[1]);
        return chart;
    }

    private XYChart loudnessChart() {
        XYChart chart = chart("loudness (A-weighted)", "dB", CURVE_HEIGHT);
        double high = Math.max(loudest(before.features), loudest(after.features));
        chart.getStyler().setYAxisMin(high - CURVE_RANGE_DB).setYAxisMax(high + 5);
        chart.setXAxisTitle("s");
        add(chart, before.name, times(before.features), loudness(before.features, high - CURVE_RANGE_DB), COLOURS[0]);
        add(chart, after.name, times(after.features), loudness(after.features, high - CURVE_RANGE_DB), COLOURS[1]);
        return chart;
    }

    private XYChart chart(String title, String unit, int height) {
        XYChart chart = new XYChartBuilder().width(WIDTH).height(height).title(title).yAxisTitle(unit).build();
        chart.getStyler()
                .setXAxisMin(0.0)
                .setXAxisMax(seconds)
                .setPlotContentSize(1.0)
                .setChartBackgroundColor(Color.WHITE)
                .setLegendPosition(LegendPosition.InsideNE);
        chart.getStyler().setXAxisDecimalPattern("0.##").setYAxisDecimalPattern("0");
        return chart;
    }

    private static void add(XYChart chart, String name, double[] x, double[] y, Color colour) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(new None()).setLineColor(colour).setLineStyle(new BasicStroke(1.5f));
    }

    /** Draws a chart so that its plot's left edge lies where every row's does; returns the plot's place in the row. */
    private Rectangle2D drawRow(Graphics2D g, XYChart chart, int top, int height) {
        Graphics2D trial = (Graphics2D) g.create(0, top, 1, 1);
        chart.paint(trial, WIDTH, height);
        trial.dispose();
        int indent = SCALE_WIDTH - (int) Math.round(chart.getScreenXFromChart(0));
        Graphics2D row = (Graphics2D) g.create(indent, top, WIDTH - indent, height);
        chart.paint(row, WIDTH - indent, height);
        row.dispose();
        Rectangle2D plot = new Rectangle2D.Double();
        double bottom = chart.getScreenYFromChart(chart.getStyler().getYAxisMin());
        double upper = chart.getScreenYFromChart(chart.getStyler().getYAxisMax());
        plot.setFrameFromDiagonal(SCALE_WIDTH, upper, indent + chart.getScreenXFromChart(seconds), bottom);
        return plot;
    }

    /** One time too many, off the grid: where values are evenly spaced XChart puts its ticks on them, however crooked they are. */
    private static double[] times(FeatureTrack track) {
        double stepS = 1 / track.controlRateHz();
        return DoubleStream.concat(DoubleStream.of(-0.5 * stepS), IntStream.range(0, track.length()).mapToDouble(i -> i * stepS))
                .toArray();
    }

    private static double[] withFirstTwice(DoubleStream values) {
        double[] all = values.toArray();
        return DoubleStream.concat(DoubleStream.of(all).limit(1), DoubleStream.of(all)).toArray();
    }

    private static double[] pitches(FeatureTrack track) {
        return withFirstTwice(
                IntStream.range(0, track.length()).mapToDouble(i -> track.voiced()[i] ? track.f0Hz()[i] : Double.NaN));
    }

    private static double[] loudness(FeatureTrack track, double floorDb) {
        return withFirstTwice(IntStream.range(0, track.length()).mapToDouble(i -> Math.max(floorDb, track.loudnessDb()[i])));
    }

    private static double loudest(FeatureTrack track) {
        return IntStream.range(0, track.length()).mapToDouble(i -> track.loudnessDb()[i]).max().orElse(0);
    }
}
