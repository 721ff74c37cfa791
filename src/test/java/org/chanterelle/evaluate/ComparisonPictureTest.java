package org.chanterelle.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.chanterelle.signal.UserError;
import org.chanterelle.audiofile.AudioClip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonPictureTest {
    private static final int RATE_HZ = 16_000;

    @TempDir
    Path folder;

    @Test
    void writesOnePngAndNeverOverASecondTime() throws IOException {
        Path png = folder.resolve("both.png");
        ComparisonPicture.Sound sound = ComparisonPicture.Sound.of("tone", AudioClip.mono(sine(440, 0.5), RATE_HZ));
        ComparisonPicture.write(png, sound, sound, false);
        assertThat(ImageIO.read(png.toFile()).getWidth()).isGreaterThan(1000);
        assertThatThrownBy(() -> ComparisonPicture.write(png, sound, sound, false)).isInstanceOf(UserError.class);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(png);
        }
    }

    @Test
    void drawsSilenceAndSoundsOfDifferentLengthAndRate() {
        ComparisonPicture.Sound silence = ComparisonPicture.Sound.of("silence", AudioClip.mono(new float[RATE_HZ / 4], RATE_HZ));
        ComparisonPicture.Sound tone = ComparisonPicture.Sound.of("tone", AudioClip.mono(sine(440, 0.5), 48_000));
        assertThat(ComparisonPicture.draw(silence, tone).getHeight()).isGreaterThan(1000);
    }

    /** A tone is bright at its frequency on the logarithmic axis, dark an octave above. */
    @Test
    void spectrogramShowsATonesPitchAndLevel() {
        Spectrogram spectrogram = new Spectrogram(sine(1000, 1), RATE_HZ);
        assertThat(spectrogram.loudestDb()).isBetween(-6.5, -5.5);
        BufferedImage image = spectrogram.image(10, 700, 1, 62.5, 8000, 0);
        int atTone = 300;
        int octaveAbove = 200;
        assertThat(brightness(image, atTone)).isGreaterThan(300);
        assertThat(brightness(image, octaveAbove)).isLessThan(100);
    }

    @Test
    void coloursGrowBrighterWithLevel() {
        int last = -1;
        for (int step = 0; step <= 10; step++) {
            int brightness = sum(ColourMap.rgb(step / 10.0));
            assertThat(brightness).isGreaterThan(last);
            last = brightness;
        }
        assertThat(ColourMap.rgb(-5)).isEqualTo(ColourMap.rgb(0));
        assertThat(ColourMap.rgb(Double.NEGATIVE_INFINITY)).isEqualTo(ColourMap.rgb(0));
    }

    private static int brightness(BufferedImage image, int y) {
        return sum(image.getRGB(5, y));
    }

    private static int sum(int rgb) {
        return (rgb >> 16 & 255) + (rgb >> 8 & 255) + (rgb & 255);
    }

    private static float[] sine(double hz, double seconds) {
        float[] out = new float[(int) (seconds * RATE_HZ)];
        for (int n = 0; n < out.length; n++) {
            out[n] = (float) (0.5 * Math.sin(2 * Math.PI * hz * n / RATE_HZ));
        }
        return out;
    }
}
