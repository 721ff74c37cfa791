package org.chanterelle.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.chanterelle.audiofile.OutputFile;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The loss curve as a table and as a picture. */
public final class LossCurve {
    private LossCurve() {}

    /** Writes {@code NAME.csv} and {@code NAME.png}, replacing what is there. */
    public static void write(Path folder, String name, String title, List<LossPoint> curve) {
        StringBuilder csv = new StringBuilder("step,minutes,train_loss,valid_loss,learning_rate\n");
        for (LossPoint p : curve) {
            csv.append(String.format(Locale.ROOT, "%d,%.3f,%.5f,%.5f,%.3e%n", p.step(), p.minutes(), p.trainLoss(), p.validLoss(),
                    p.learningRate()));
        }
        OutputFile.write(folder.resolve(name + ".csv"), true, path -> Files.writeString(path, csv));
        OutputFile.write(folder.resolve(name + ".png"), true, path -> draw(path, title, curve));
    }

    private static void draw(Path path, String title, List<LossPoint> curve) throws IOException {
        XYChart chart = new XYChartBuilder().width(900).height(500).title(title).xAxisTitle("step")
                .yAxisTitle("loss").build();
        double[] steps = curve.stream().mapToDouble(LossPoint::step).toArray();
        chart.addSeries("training", steps, curve.stream().mapToDouble(LossPoint::trainLoss).toArray())
                .setMarker(SeriesMarkers.NONE);
        chart.addSeries("validation", steps, curve.stream().mapToDouble(LossPoint::validLoss).toArray())
                .setMarker(SeriesMarkers.NONE);
        try (var out = Files.newOutputStream(path)) {
            BitmapEncoder.saveBitmap(chart, out, BitmapEncoder.BitmapFormat.PNG);
        }
    }
}
