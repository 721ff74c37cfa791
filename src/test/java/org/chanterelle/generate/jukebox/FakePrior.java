package org.chanterelle.generate.jukebox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chanterelle.model.jukebox.CodeCondition;
import org.chanterelle.model.jukebox.CodePrior;
import org.chanterelle.model.jukebox.PriorConfig;

/** Logits that depend on all that a window has read and been told, and on nothing else. */
final class FakePrior implements CodePrior {
    private final PriorConfig config;
    private final List<Opened> opened = new ArrayList<>();

    /** A window: what its first item was told, and how many codes it was given. */
    record Opened(CodeCondition condition, int[] given) {}

    FakePrior(PriorConfig config) {
        this.config = config;
    }

    /** All windows so far. */
    List<Opened> opened() {
        return opened;
    }

    @Override
    public int codes() {
        return config.codes();
    }

    @Override
    public int contextCodes() {
        return config.context();
    }

    @Override
    public long sessionBytes(int batch) {
        return 1000L * batch;
    }

    @Override
    public Session open(List<CodeCondition> conditions) {
        for (CodeCondition condition : conditions) {
            if (condition.upperCodes().length != config.upperContext()) {
                throw new IllegalArgumentException(condition.upperCodes().length + " codes of the level above");
            }
        }
        return new Window(conditions);
    }

    private final class Window implements Session {
        private final long[] read;
        private final CodeCondition condition;
        private int position;

        Window(List<CodeCondition> conditions) {
            condition = conditions.getFirst();
            read = conditions.stream().mapToLong(FakePrior::hash).toArray();
        }

        @Override
        public void prime(int[][] codes) {
            opened.add(new Opened(condition, codes[0]));
            for (int item = 0; item < read.length; item++) {
                for (int code : codes[item]) {
                    read[item] = 31 * read[item] + code + 1;
                }
            }
            position += codes[0].length;
        }

        @Override
        public void next(int[] chosen, float[][] logits) {
            if (chosen[0] >= 0) {
                position++;
            } else if (position == 0) {
                opened.add(new Opened(condition, new int[0]));
            }
            if (position >= config.context()) {
                throw new IllegalStateException("full");
            }
            for (int item = 0; item < read.length; item++) {
                read[item] = chosen[item] < 0 ? read[item] : 31 * read[item] + chosen[item] + 1;
                for (int code = 0; code < logits[item].length; code++) {
                    logits[item][code] = (float) (3 * new Draws(read[item]).uniform(0, 0, code));
                }
            }
        }

        @Override
        public int position() {
            return position;
        }

        @Override
        public void close() {
            position = config.context();
        }
    }

    private static long hash(CodeCondition condition) {
        return Arrays.hashCode(new int[] {condition.artist(), Arrays.hashCode(condition.genres()),
                Long.hashCode(condition.totalFrames()), Long.hashCode(condition.startFrame()),
                Arrays.hashCode(condition.lyrics()), Arrays.hashCode(condition.upperCodes())});
    }
}
