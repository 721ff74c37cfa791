package org.chanterelle.live;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.chanterelle.inference.sing.BankRenderer;
import org.chanterelle.model.sing.SingFolder;
import org.chanterelle.rt.LoopedNote;
import org.chanterelle.rt.NoteBank;

/**
 * Fills the bank of the instrument that plays: with what is on disk at once, with the rest on a thread of its own, from the middle of the
 * range outwards. Another instrument's bank ends the filling of the one before. Whatever the disk refuses is told once; the notes are
 * kept in memory all the same.
 */
final class BankFiller implements AutoCloseable {
    /** Changes when the same weights would give other notes. */
    private static final int RENDERING_VERSION = 1;

    private final NoteCache cache;
    private final Consumer<String> problems;
    private Thread thread;
    private volatile int turn;

    /** @param problems takes one line for a user */
    BankFiller(SoundCache cache, Consumer<String> problems) {
        this.cache = new NoteCache(cache);
        this.problems = problems;
    }

    /** The name of a model for {@link #fill}. */
    static String nameOf(SingFolder model) {
        return Fingerprint.of(
                RENDERING_VERSION + " " + model.card().config() + model.card().instruments(), model.weights());
    }

    /** Fills a sound's bank; returns when what is on disk is in it. */
    synchronized void fill(WaveSound sound, String weightsName) {
        NoteBank bank = sound.bank();
        int mine = ++turn;
        String key = key(sound, weightsName);
        int missing = 0;
        for (int row = 0; row < bank.pitches(); row++) {
            Optional<LoopedNote[]> notes = cache.read(
                    key, bank.lowPitch() + row, bank.velocities().length, BankRenderer.samples(sound.weights()));
            notes.ifPresent(put(bank, row));
            missing += notes.isPresent() ? 0 : 1;
        }
        if (missing > 0) {
            thread = new Thread(() -> render(sound, key, mine), "note-bank");
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            thread.start();
        }
    }

    private static Consumer<LoopedNote[]> put(NoteBank bank, int row) {
        return notes -> {
            for (int layer = 0; layer < notes.length; layer++) {
                bank.put(row * notes.length + layer, notes[layer]);
            }
        };
    }

    private void render(WaveSound sound, String key, int mine) {
        NoteBank bank = sound.bank();
        float[] velocities = bank.velocities();
        BankRenderer renderer = new BankRenderer(sound.weights(), sound.sound(), bank.morph(), velocities.length);
        int middle = bank.pitches() / 2;
        for (int i = 0; i < bank.pitches() && turn == mine; i++) {
            int row = i % 2 == 0 ? middle + i / 2 : middle - 1 - i / 2;
            row = Math.floorMod(row, bank.pitches());
            if (!bank.has(row * velocities.length)) {
                LoopedNote[] notes = renderer.render(bank.lowPitch() + row, velocities);
                put(bank, row).accept(notes);
                cache.keep(key, bank.lowPitch() + row, notes, problems);
            }
        }
    }

    private static String key(WaveSound sound, String weightsName) {
        return Fingerprint.of(weightsName + " " + sound.sound() + " " + sound.bank().morph() + " "
                + Arrays.toString(sound.bank().velocities()), Map.of());
    }

    /** Waits until the bank is as full as it will be. */
    void await() throws InterruptedException {
        Thread filling;
        synchronized (this) {
            filling = thread;
        }
        if (filling != null) {
            filling.join();
        }
    }

    @Override
    public synchronized void close() {
        turn++;
    }
}
