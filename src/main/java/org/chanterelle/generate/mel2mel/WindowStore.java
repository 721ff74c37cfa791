package org.chanterelle.generate.mel2mel;

/** Keeps what is rendered already, so that a stopped work goes on. */
public interface WindowStore {
    /** Keeps nothing. */
    WindowStore NONE = new WindowStore() {
        @Override
        public float[] load(String name, int length) {
            return null;
        }

        @Override
        public void save(String name, float[] values) {
            // Nothing is kept.
        }
    };

    /** What was saved under a name, or null when it was not, or is not of that length. */
    float[] load(String name, int length);

    /** Saves values, exactly. */
    void save(String name, float[] values);
}
