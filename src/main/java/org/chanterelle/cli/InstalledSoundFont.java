package org.chanterelle.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.chanterelle.signal.UserError;

/** The General MIDI sound font that is used where none is named. */
final class InstalledSoundFont {
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/share/sounds/sf2/FluidR3_GM.sf2"),
            Path.of("/usr/share/sounds/sf2/default-GM.sf2"),
            Path.of("/usr/share/sounds/sf3/MuseScore_General_Full.sf3"),
            Path.of("/usr/share/sounds/sf3/default-GM.sf3"));

    private InstalledSoundFont() {}

    /** The one named, or else the first that is installed. */
    static Path or(Path named) {
        return named != null
                ? named
                : PLACES.stream().filter(Files::isReadable).findFirst().orElseThrow(() -> new UserError(
                        "no General MIDI sound font is installed under /usr/share/sounds. Install one: apt-get install"
                                + " fluid-soundfont-gm, or give --sound-font FILE"));
    }

    /** Size of a font's file. */
    static long bytes(Path font) {
        try {
            return Files.size(font);
        } catch (IOException e) {
            throw new UserError(font + ": cannot be read: " + e.getMessage() + ". Check the path", e);
        }
    }
}
