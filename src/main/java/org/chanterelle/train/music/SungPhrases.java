package org.chanterelle.train.music;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.chanterelle.audiofile.AudioClip;

/** Phrases of words of one syllable with a note each: lyrics that are known by construction. */
public final class SungPhrases {
    private static final List<String> WORDS = List.of("moon", "light", "sea", "wind", "rain", "day", "night", "song", "heart",
            "bird", "tree", "snow", "fire", "stone", "road", "home", "star", "sky", "wave", "sand", "dream", "sleep", "run",
            "fly",
            "sing", "dance", "play", "go", "come", "fall", "rise", "shine", "blue", "green", "red", "white", "old", "new", "cold",
            "warm", "long", "low", "high", "far", "near", "deep", "bright", "soft", "my", "your", "all", "no", "we", "you", "and",
            "the", "where", "when", "who", "now");

    private static final int[] MAJOR = {0, 2, 4, 5, 7, 9, 11, 12};
    private static final int LOWEST_TONIC = 57;
    private static final int TONICS = 8;
    private static final double[] BEATS = {0.4, 0.4, 0.6, 0.8, 1.2};

    private SungPhrases() {}

    /**
     * A word with its note.
     *
     * @param word of one syllable
     * @param pitch MIDI number
     * @param seconds length
     */
    public record Sung(String word, int pitch, double seconds) {}

    /** A phrase. */
    public record Phrase(List<Sung> notes) {
        /** The words with spaces between them. */
        public String text() {
            return String.join(" ", notes.stream().map(Sung::word).toList());
        }
    }

    /** Sings phrases, always the same of the same. */
    public interface Voice {
        /** Whose voice it is. */
        String name();

        /** A phrase's sound. */
        AudioClip sing(Phrase phrase);
    }

    /** Phrase {@code index} of a seed: 4 to 8 words on a major scale, most steps small. */
    public static Phrase draw(long seed, int index) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003L + index);
        int tonic = LOWEST_TONIC + random.nextInt(TONICS);
        int degree = random.nextInt(MAJOR.length);
        List<Sung> notes = new ArrayList<>();
        int words = random.nextInt(4, 9);
        for (int i = 0; i < words; i++) {
            notes.add(new Sung(WORDS.get(random.nextInt(WORDS.size())), tonic + MAJOR[degree],
                    BEATS[random.nextInt(BEATS.length)]));
            degree = Math.clamp((long) degree + random.nextInt(-2, 3), 0, MAJOR.length - 1);
        }
        return new Phrase(List.copyOf(notes));
    }
}
