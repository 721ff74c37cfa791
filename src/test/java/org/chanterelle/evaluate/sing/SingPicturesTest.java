package org.chanterelle.evaluate.sing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.sing.SingCard;
import org.chanterelle.train.notes.NoteFolders;
import org.junit.jupiter.api.Test;

/** Pictures show what they are of. */
final class SingPicturesTest {
    @Test
    void theLargestDifferencesMakeTheFirstAxis() {
        float[][] rows = {{1, 10, 5}, {2, -10, 5}, {-1, 10, 5}, {-2, -10, 5}};
        PrincipalPlane plane = PrincipalPlane.of(rows);
        for (int p = 0; p < rows.length; p++) {
            assertThat(plane.points()[p][0]).isCloseTo(rows[p][1], within(0.6));
            assertThat(Math.abs(plane.points()[p][1])).isCloseTo(Math.abs(rows[p][0]), within(0.6));
        }
        assertThat(plane.shares()[0]).isCloseTo(400.0 / 410, within(0.001));
        assertThat(plane.shares()[0] + plane.shares()[1]).isCloseTo(1.0, within(1e-6));
    }

    @Test
    void everyInstrumentIsAPointInItsFamilysColour() {
        List<SingCard.Instrument> instruments = List.of(new SingCard.Instrument("violin", "string", 55, 100, null),
                new SingCard.Instrument("flute", "flute", 60, 96, null),
                new SingCard.Instrument("cello", "string", 36, 70, null));
        Tensor table = new Tensor(new int[] {3, 4}, new float[] {1, 0, 0, 0, 0, 1, 0, 0, 1, 0.3f, 0, 0});
        BufferedImage image = EmbeddingPicture.draw(instruments, table);
        assertThat(pixels(image, 0x4e79a7)).as("the flute").isGreaterThan(30);
        assertThat(pixels(image, 0xf28e2b)).as("two strings").isGreaterThan(60);
    }

    @Test
    void heldOutNotesLieSideBySide() {
        float[] note = NoteFolders.tone("bright", 60, 100);
        float[] silence = new float[note.length];
        BufferedImage image = HeldOutPicture.draw(List.of("truth", "SING"),
                List.of(new HeldOutPicture.Row("bright 60", List.of(note, silence))));
        assertThat(image.getWidth()).isEqualTo(2 * 428 + 8);
        assertThat(brightest(image, 8, 428)).isGreaterThan(brightest(image, 436, 856) + 300);
    }

    private static long pixels(BufferedImage image, int rgb) {
        return IntStream.range(0, image.getWidth() * image.getHeight())
                .filter(i -> (image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xffffff) == rgb)
                .count();
    }

    /** Sum of red, green and blue of the brightest pixel within the first row's spectrogram. */
    private static int brightest(BufferedImage image, int from, int to) {
        int brightest = 0;
        for (int x = from; x < to; x++) {
            for (int y = 60; y < 270; y++) {
                int rgb = image.getRGB(x, y);
                brightest = Math.max(brightest, (rgb >> 16 & 255) + (rgb >> 8 & 255) + (rgb & 255));
            }
        }
        return brightest;
    }
}
