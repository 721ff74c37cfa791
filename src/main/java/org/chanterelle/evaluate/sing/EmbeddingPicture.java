package org.chanterelle.evaluate.sing;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.chanterelle.evaluate.Page;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.sing.SingCard;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A model's instruments where their embeddings lie, in the plane that shows most of their differences, coloured by family. */
final class EmbeddingPicture {
    private static final int SIZE = 1100;
    private static final double LABEL_RISE = 0.018;
    private static final double MARGIN = 0.08;

    /** Tableau's ten and black: apart also for most of the colour-blind. */
    private static final Color[] COLOURS = Arrays
            .stream(new int[] {0x4e79a7, 0xf28e2b, 0xe15759, 0x76b7b2, 0x59a14f, 0xb6992d, 0xb07aa1,
                    0xd37295, 0x9c755f, 0x79706e, 0x000000})
            .mapToObj(Color::new).toArray(Color[]::new);

    private EmbeddingPicture() {}

    /** Draws the table of instruments, shape (instruments, width); a width of 1 has no plane. */
    static BufferedImage draw(List<SingCard.Instrument> instruments, Tensor table) {
        int width = table.shape()[1];
        float[][] rows = new float[instruments.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(table.values(), i * width, (i + 1) * width);
        }
        PrincipalPlane plane = PrincipalPlane.of(rows);
        XYChart chart = chart(plane);
        TreeMap<String, List<Integer>> families = new TreeMap<>();
        for (int i = 0; i < rows.length; i++) {
            families.computeIfAbsent(instruments.get(i).family().isEmpty() ? "-" : instruments.get(i).family(),
                    name -> new java.util.ArrayList<>()).add(i);
        }
        int colour = 0;
        for (var family : families.entrySet()) {
            add(chart, family.getKey(), family.getValue(), plane.points(), COLOURS[colour++ % COLOURS.length]);
        }
        double rise = LABEL_RISE * (chart.getStyler().getYAxisMax() - chart.getStyler().getYAxisMin());
        IntStream.range(0, rows.length).forEach(i -> chart.addAnnotation(new AnnotationText(
                instruments.get(i).name(), plane.points()[i][0], plane.points()[i][1] + rise, false)));
        return Page.draw(SIZE, SIZE, g -> chart.paint(g, SIZE, SIZE));
    }

    private static XYChart chart(PrincipalPlane plane) {
        XYChart chart = new XYChartBuilder().width(SIZE).height(SIZE).title("Embeddings of the instruments")
                .xAxisTitle(axis(1, plane.shares()[0])).yAxisTitle(axis(2, plane.shares()[1])).build();
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter)
                .setLegendPosition(LegendPosition.OutsideE).setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setMarkerSize(9).setAnnotationTextFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        chart.getStyler().setXAxisMin(edge(plane, 0, -1)).setXAxisMax(edge(plane, 0, 1));
        chart.getStyler().setYAxisMin(edge(plane, 1, -1)).setYAxisMax(edge(plane, 1, 1));
        return chart;
    }

    private static double edge(PrincipalPlane plane, int axis, int sign) {
        double[] values = Arrays.stream(plane.points()).mapToDouble(p -> p[axis]).sorted().toArray();
        double span = Math.max(1e-6, values[values.length - 1] - values[0]);
        return sign < 0 ? values[0] - MARGIN * span : values[values.length - 1] + MARGIN * span;
    }

    private static String axis(int number, double share) {
        return String.format(Locale.ROOT, "principal component %d (%.0f %% of the variance)", number, 100 * share);
    }

    private static void add(XYChart chart, String name, List<Integer> members, double[][] points, Color colour) {
        double[] x = members.stream().mapToDouble(i -> points[i][0]).toArray();
        double[] y = members.stream().mapToDouble(i -> points[i][1]).toArray();
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(colour);
    }
}
