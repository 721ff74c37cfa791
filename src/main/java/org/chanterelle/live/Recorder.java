package org.chanterelle.live;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.chanterelle.audiofile.AudioWriter.SampleFormat;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.audiofile.WavStream;
import org.chanterelle.rt.LiveProcess;
import org.chanterelle.signal.RealTime;
import org.chanterelle.signal.UserError;

/**
 * Records what is played into a 24-bit stereo WAV file, on a thread of its own. The file grows beside its final name and gets it when
 * it is whole; if the programme is killed, the unfinished file stays. On a full disk the recording ends, keeps what it has and tells;
 * the sound goes on. A file that reaches 4 GiB, or the device's change to another rate, is followed by a second one, {@code take-2.wav}.
 */
public final class Recorder implements LiveProcess.AudioTap, AutoCloseable {
    /** Ten seconds at 48 kHz: a disk may hesitate that long. */
    static final int QUEUE_FRAMES = 1 << 19;

    private static final SampleFormat FORMAT = SampleFormat.PCM_24;
    private static final long POLL_NANOS = 20_000_000;
    private static final String EXTENSION = ".wav";

    private final Path target;
    private final boolean force;
    private final Opener opener;
    private final long maxFileFrames;
    private final SoundQueue queue = new SoundQueue(QUEUE_FRAMES);
    private final List<Path> files = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "recorder");

    private volatile long dropped;
    private final AtomicReference<String> problem = new AtomicReference<>();
    private volatile boolean closing;
    private volatile int wantedRateHz;
    private volatile int rateHz;

    private WavStream stream;
    private Path partial;
    private Path file;
    private long fileFrames;
    private int fileNumber;

    /** Opens an empty file for writing. */
    interface Opener {
        SeekableByteChannel open(Path partial) throws IOException;
    }

    /**
     * Starts.
     *
     * @param target name of the file to come, ending in .wav
     * @param sampleRateHz device rate
     * @param force whether an existing file is replaced
     * @throws UserError when the file cannot be written
     */
    public Recorder(Path target, int sampleRateHz, boolean force) {
        this(target, sampleRateHz, force, WavStream.maxFrames(FORMAT), Recorder::create);
    }

    Recorder(Path target, int sampleRateHz, boolean force, long maxFileFrames, Opener opener) {
        if (!target.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(EXTENSION)) {
            throw new UserError(target + ": a recording is a WAV file; expected a name that ends in .wav. Rename it.");
        }
        this.target = target;
        this.force = force;
        this.maxFileFrames = maxFileFrames;
        this.opener = opener;
        rateHz = sampleRateHz;
        wantedRateHz = sampleRateHz;
        try {
            openNext();
        } catch (IOException e) {
            throw new UserError(target + ": cannot be written: " + e.getMessage() + ". Free some space or name another.", e);
        }
        thread.setDaemon(true);
        thread.start();
    }

    private static SeekableByteChannel create(Path partial) throws IOException {
        return Files.newByteChannel(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Records a block. What finds no room because the disk is too slow, or full, is dropped and counted. On the audio thread. */
    @Override
    @RealTime
    public void offer(float[] left, float[] right, int frames) {
        if (!queue.offer(left, right, frames)) {
            dropped = dropped + frames;
        }
    }

    /**
     * The device has, or has again, a rate; before its first block at that rate. A new rate begins a new file. Waits until all before is
     * written. Not on the audio thread.
     */
    @Override
    public void prepare(int sampleRateHz) {
        wantedRateHz = sampleRateHz;
        LockSupport.unpark(thread);
        while (rateHz != sampleRateHz && thread.isAlive()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Frames that were not recorded, since the start. */
    public long droppedFrames() {
        return dropped;
    }

    /** Why the recording ended before its time, in one line; null when it did not, and after the first time it was told. */
    public String problem() {
        return problem.getAndSet(null);
    }

    /** The files that are whole, in order. */
    public List<Path> files() {
        return List.copyOf(files);
    }

    /** Writes what is left and gives the file its name. */
    @Override
    public void close() {
        closing = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            LockSupport.unpark(thread);
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean last = false;
        while (!last) {
            last = closing;
            try {
                drain();
                if (last) {
                    finish();
                } else if (wantedRateHz != rateHz) {
                    changeRate();
                }
            } catch (IOException | UserError e) {
                giveUp(e);
            }
            if (!last) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    /** After a problem nothing is read any more: the queue fills, and what follows counts as dropped. */
    private void drain() throws IOException {
        while (stream != null) {
            int frames = queue.take((int) Math.min(QUEUE_FRAMES, maxFileFrames - fileFrames), stream::write);
            if (frames == 0) {
                return;
            }
            fileFrames += frames;
            if (fileFrames == maxFileFrames) {
                finish();
                openNext();
            }
        }
    }

    private void changeRate() throws IOException {
        boolean recording = stream != null;
        finish();
        rateHz = wantedRateHz;
        if (recording) {
            openNext();
        }
    }

    private void openNext() throws IOException {
        file = nextFile();
        partial = OutputFile.partialOf(file);
        SeekableByteChannel channel = opener.open(partial);
        try {
            stream = new WavStream(channel, rateHz, FORMAT);
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(partial);
            throw e;
        }
        fileFrames = 0;
    }

    private Path nextFile() {
        Path next = target;
        if (fileNumber > 0) {
            String name = target.getFileName().toString();
            String stem = name.substring(0, name.length() - EXTENSION.length());
            do {
                fileNumber++;
                next = target.resolveSibling(stem + "-" + fileNumber + EXTENSION);
            } while (Files.exists(next) && !force);
        } else {
            fileNumber = 1;
        }
        OutputFile.check(next, force);
        return next;
    }

    private void finish() throws IOException {
        if (stream != null) {
            WavStream finished = stream;
            stream = null;
            fileFrames = finished.finish();
            OutputFile.complete(partial, file);
            files.add(file);
        }
    }

    private void giveUp(Exception cause) {
        String kept;
        try {
            boolean begun = stream != null;
            finish();
            kept = begun ? String.format(Locale.ROOT, "%.1f s are kept", (double) fileFrames / rateHz) : "look at " + partial;
        } catch (IOException e) {
            kept = "what there is of it is in " + partial;
        }
        rateHz = wantedRateHz;
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        problem.set(file + ": the recording stopped, the sound goes on: " + reason + "; " + kept
                + ". Free some space and record again.");
    }
}
