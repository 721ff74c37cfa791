package org.chanterelle.evaluate;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.signal.UserError;

/** A white page to draw on, and its PNG. Needs no display, but fonts. */
public final class Page {
    private Page() {}

    /** Writes a picture; whether it can be written is known before it is drawn. */
    public static void write(Path png, Supplier<BufferedImage> picture, boolean force) {
        OutputFile.check(png, force);
        BufferedImage image = picture.get();
        OutputFile.write(png, force, partial -> ImageIO.write(image, "png", partial.toFile()));
    }

    /**
     * Draws a picture.
     *
     * @throws UserError when the machine has no fonts
     */
    public static BufferedImage draw(int width, int height, Consumer<Graphics2D> drawing) {
        BufferedImage page = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = page.createGraphics();
        try {
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setColor(Color.WHITE);
            g.fillRect(0, 0, width, height);
            drawing.accept(g);
        } catch (InternalError | RuntimeException e) {
            if (String.valueOf(e).contains("Fontconfig") || e instanceof InternalError) {
                throw new UserError(
                        "the picture needs fonts and found none. Install them: apt-get install fontconfig fonts-dejavu-core", e);
            }
            throw e;
        } finally {
            g.dispose();
        }
        return page;
    }
}
