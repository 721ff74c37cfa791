package org.chanterelle.signal;

import java.util.ArrayList;
import java.util.List;

/** Choices from lists. */
public final class Selection {
    private Selection() {}

    /**
     * So many of a list, evenly from all, in their order.
     *
     * @param most how many at most
     */
    public static <T> List<T> spread(List<T> all, int most) {
        List<T> some = new ArrayList<>();
        int count = Math.min(most, all.size());
        for (int i = 0; i < count; i++) {
            some.add(all.get((int) ((long) i * all.size() / count)));
        }
        return some;
    }
}
