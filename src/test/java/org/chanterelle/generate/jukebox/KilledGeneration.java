package org.chanterelle.generate.jukebox;

import java.nio.file.Path;
import java.util.List;

/** Generates until a level's first window is kept, then waits to be killed: folder of the models, output, level. */
final class KilledGeneration {
    private static final long PATIENCE_MS = 60_000;

    private KilledGeneration() {}

    public static void main(String[] arguments) {
        Path out = Path.of(arguments[1]);
        new SmallJukebox(Path.of(arguments[0])).run(SmallJukebox.request(1, 7), out, List.of(out), (level, codes, total) -> {
            if (level.equals(arguments[2]) && codes > SmallJukebox.CONTEXT) {
                await();
            }
        });
    }

    private static void await() {
        try {
            Thread.sleep(PATIENCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
