package org.chanterelle.inference.jukebox;

import java.util.ArrayList;
import java.util.List;
import org.chanterelle.inference.Linear;
import org.chanterelle.model.jukebox.CodeCondition;
import org.chanterelle.model.jukebox.CodePrior;
import org.chanterelle.model.jukebox.PriorConfig;
import org.chanterelle.model.jukebox.TransformerConfig;

/** A window that grows. Codes that are given are only kept; the next call for logits reads all of them, several at a time. */
final class CachedSession implements CodePrior.Session {
    /** Rows that go through a layer together when codes are given: the layer's weights are read once for all. */
    private static final int ROWS = 32;

    private final CachedPrior prior;
    private final PriorConfig config;
    private final TransformerConfig sizes;
    private final int batch;
    private final float[] start;
    private final float[] added;
    private final List<KeyValueCache> readings;
    private final List<KeyValueCache> caches = new ArrayList<>();
    /** Characters that lead, then codes. */
    private final int[][] symbols;
    private final int leading;
    private final RowSpace work;
    private final float[] outputs;
    private final int outputStride;
    /** Codes that are known, and places of the sequence that went through the layers. */
    private int known;
    private int done;

    CachedSession(
            CachedPrior prior, List<CodeCondition> conditions, float[] start, float[] added, List<KeyValueCache> readings) {
        this.prior = prior;
        batch = conditions.size();
        this.start = start;
        this.added = added;
        this.readings = readings;
        config = prior.config();
        sizes = config.transformer();
        leading = config.leading();
        symbols = new int[batch][config.sequence()];
        for (int item = 0; item < batch; item++) {
            System.arraycopy(conditions.get(item).lyrics(), 0, symbols[item], 0, leading);
        }
        work = new RowSpace(sizes, Math.max(ROWS, batch));
        outputStride = Linear.padded(config.codes());
        outputs = new float[batch * outputStride];
        for (int layer = 0; layer < sizes.depth(); layer++) {
            caches.add(new KeyValueCache(batch, config.sequence(), sizes.attentionWidth(), sizes.heads()));
        }
    }

    @Override
    public int position() {
        return known;
    }

    @Override
    public void prime(int[][] given) {
        require(given.length == batch, given.length + " items of " + batch);
        int count = given[0].length;
        for (int[] item : given) {
            require(item.length == count, "codes of different number");
            for (int code : item) {
                require(code >= 0 && code < config.codes(), "code " + code + " of " + config.codes());
            }
        }
        if (known + count > config.context()) {
            throw full();
        }
        for (int item = 0; item < batch; item++) {
            for (int place = 0; place < count; place++) {
                symbols[item][leading + known + place] = config.firstCode() + given[item][place];
            }
        }
        known += count;
    }

    @Override
    public void next(int[] chosen, float[][] logits) {
        require(chosen.length == batch && logits.length == batch, "arrays of another number of items");
        if (chosen[0] >= 0) {
            int[][] given = new int[batch][];
            for (int item = 0; item < batch; item++) {
                given[item] = new int[] {chosen[item]};
            }
            prime(given);
        }
        if (known >= config.context()) {
            throw full();
        }
        int places = 0;
        int wanted = leading + known;
        done = Math.min(done, wanted);
        while (done <= wanted) {
            places = Math.min(Math.max(1, ROWS / batch), wanted + 1 - done);
            read(done, places);
            done += places;
        }
        writeLogits(places, logits);
    }

    private void writeLogits(int places, float[][] logits) {
        int[] last = new int[batch];
        for (int item = 0; item < batch; item++) {
            last[item] = work.offsets[item * places + places - 1];
            if (config.tied()) {
                FloatRows.addScaled(1f, added, (item * config.context() + known) * sizes.width(), work.x, last[item],
                        sizes.width());
            }
        }
        prior.out.applyRows(work.x, last, batch, outputs, outputStride, work.scratch);
        for (int item = 0; item < batch; item++) {
            System.arraycopy(outputs, item * outputStride, logits[item], 0, config.codes());
        }
    }

    /** Places from {@code first} on through all layers, item after item. */
    private void read(int first, int places) {
        int rows = batch * places;
        for (int row = 0; row < rows; row++) {
            embed(row / places, first + row % places, work.offsets[row]);
        }
        for (int layer = 0; layer < sizes.depth(); layer++) {
            CachedLayer weights = prior.layers.get(layer);
            KeyValueCache cache = caches.get(layer);
            weights.ask(work, rows);
            for (int row = 0; row < rows; row++) {
                cache.put(row / places, first + row % places, work.wide, row * work.wideStride + sizes.attentionWidth());
            }
            for (int row = 0; row < rows; row++) {
                attend(sizes.pattern(layer), cache, row, row / places, first + row % places);
            }
            weights.answer(work, rows);
            int reader = config.readerAfter(layer);
            if (reader >= 0) {
                readLyrics(prior.readers.get(reader), readings.get(reader), rows, places);
            }
        }
    }

    private void embed(int item, int place, int at) {
        int width = sizes.width();
        float[] table = place == 0 ? start : prior.embeddings;
        int row = place == 0 ? item : symbols[item][place - 1];
        System.arraycopy(table, row * width, work.x, at, width);
        FloatRows.addScaled(1f, prior.places, place * width, work.x, at, width);
        if (place >= leading) {
            FloatRows.addScaled(1f, added, (item * config.context() + place - leading) * width, work.x, at, width);
        }
    }

    private void attend(TransformerConfig.Pattern pattern, KeyValueCache cache, int row, int item, int place) {
        int length = config.sequence() / sizes.blocks();
        int begin = place / length * length;
        int from = switch (pattern) {
            case DENSE, LYRICS -> 0;
            case ROW -> begin;
            case COLUMN -> place % length;
            case PREVIOUS_ROW -> Math.max(0, begin - length);
        };
        int step = pattern == TransformerConfig.Pattern.COLUMN ? length : 1;
        int count = switch (pattern) {
            case PREVIOUS_ROW -> begin == 0 ? 0 : length;
            case LYRICS -> Math.min(place + 1, config.lyricsReach());
            case DENSE, ROW, COLUMN -> (place - from) / step + 1;
        };
        cache.attend(work.wide, row * work.wideStride, item, from, step, count, work.heard, work.heardOffsets[row]);
    }

    private void readLyrics(CachedLayer weights, KeyValueCache reading, int rows, int places) {
        weights.ask(work, rows);
        for (int row = 0; row < rows; row++) {
            reading.attend(work.wide, row * work.wideStride, row / places, 0, 1, config.lyrics().characters(), work.heard,
                    work.heardOffsets[row]);
        }
        weights.answer(work, rows);
    }

    private IllegalStateException full() {
        return new IllegalStateException("the window is full: " + config.context() + " codes");
    }

    private static void require(boolean holds, String found) {
        if (!holds) {
            throw new IllegalArgumentException("the codes do not fit the session: " + found);
        }
    }

    @Override
    public void close() {
        caches.clear();
        readings.clear();
    }
}
