package org.chanterelle.train.notes;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a note is for. */
public enum NoteSet {
    /** To learn from. */
    TRAIN,
    /** To choose by. */
    VALID,
    /** To report on. */
    TEST;

    /** Name of the set's folder. */
    public String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<NoteSet> named(String name) {
        return Stream.of(values()).filter(set -> set.folder().equals(name)).findFirst();
    }
}
