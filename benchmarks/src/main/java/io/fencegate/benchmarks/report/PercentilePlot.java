package io.fencegate.benchmarks.report;

import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Distributions as lines: how long the slowest one in ten, in a hundred, in a thousand took. Both axes are logarithmic, so
 * that the tail, which is what hurts, has as much room as the rest.
 */
final class PercentilePlot {
    private static final int WIDTH = 1_000;
    private static final int HEIGHT = 600;
    private static final int TICKS_PER_HALF = 5;
    private static final double NANOS_PER_MICRO = 1_000.0;

    private PercentilePlot() {}

    /**
     * Draws a chart, in place of an older one.
     *
     * @param file to write, a PNG
     * @param title above it
     * @param lines distributions in nanoseconds by name
     */
    static void draw(final Path file, final String title, final Map<String, Histogram> lines) {
        System.setProperty("java.awt.headless", "true");
        final XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("one message in so many took at least this long")
                .yAxisTitle("microseconds")
                .build();
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setXAxisDecimalPattern("#,###");
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        lines.forEach((name, histogram) -> {
            final List<Double> oneIn = new ArrayList<>();
            final List<Double> micros = new ArrayList<>();
            for (final HistogramIterationValue value : histogram.percentiles(TICKS_PER_HALF)) {
                // The last step is "all of them", which is nowhere on a logarithmic axis; the one before is the
                // greatest.
                if (value.getPercentileLevelIteratedTo() < 100 && value.getValueIteratedTo() > 0) {
                    oneIn.add(100 / (100 - value.getPercentileLevelIteratedTo()));
                    micros.add(value.getValueIteratedTo() / NANOS_PER_MICRO);
                }
            }
            if (!oneIn.isEmpty()) {
                chart.addSeries(name, oneIn, micros).setMarker(SeriesMarkers.NONE);
            }
        });
        if (chart.getSeriesCollection().isEmpty()) {
            return;
        }
        try {
            ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", file.toFile());
        } catch (final IOException e) {
            throw new UncheckedIOException("the plot cannot be written: file=" + file, e);
        }
    }
}
