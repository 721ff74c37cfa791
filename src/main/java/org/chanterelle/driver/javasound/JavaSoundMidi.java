package org.chanterelle.driver.javasound;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import javax.sound.midi.MidiUnavailableException;
import org.chanterelle.rt.MidiInbox;

/**
 * The machine's MIDI inputs, beside those of the driver. Looks once a second which are there: opens those that came, and releases all
 * notes when one goes.
 */
public final class JavaSoundMidi implements AutoCloseable {
    private static final long POLL_NANOS = 1_000_000_000;

    private final MidiInbox inbox;
    private final List<String> wanted;
    private final MidiPorts ports;
    private final Map<MidiPorts.Port, AutoCloseable> open = new LinkedHashMap<>();
    private final Set<MidiPorts.Port> refused = new HashSet<>();
    private final Queue<String> news = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "midi-devices");
    private volatile List<String> names = List.of();
    private volatile boolean closed;

    /**
     * Not started.
     *
     * @param inbox where the messages go
     * @param wanted parts of the names of the inputs to open, case ignored; none for all
     */
    public JavaSoundMidi(MidiInbox inbox, List<String> wanted) {
        this(inbox, wanted, new SystemMidi());
    }

    JavaSoundMidi(MidiInbox inbox, List<String> wanted, MidiPorts ports) {
        this.inbox = inbox;
        this.wanted = wanted.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        this.ports = ports;
        thread.setDaemon(true);
    }

    /** Opens what is there, and watches from then on. */
    public void start() {
        look();
        for (String name : wanted) {
            if (names.stream().noneMatch(present -> present.toLowerCase(Locale.ROOT).contains(name))) {
                news.add("midi: no input has '" + name + "' in its name; it is opened when it is connected");
            }
        }
        thread.start();
    }

    /** Names of the open inputs. */
    public List<String> openNames() {
        return names;
    }

    /** What happened since the last call, one line each. */
    public List<String> news() {
        List<String> told = new ArrayList<>();
        for (String line = news.poll(); line != null; line = news.poll()) {
            told.add(line);
        }
        return told;
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(POLL_NANOS);
            if (!closed) {
                look();
            }
        }
    }

    /** Opens what came, closes what went. */
    synchronized void look() {
        List<MidiPorts.Port> present = ports.present();
        refused.retainAll(present);
        for (MidiPorts.Port port : List.copyOf(open.keySet())) {
            if (!present.contains(port)) {
                shut(port);
                inbox.releaseAll();
                news.add("midi: " + port.name() + " went away; its notes are released");
            }
        }
        for (MidiPorts.Port port : present) {
            if (isWanted(port) && !open.containsKey(port) && !refused.contains(port)) {
                open(port);
            }
        }
        names = open.keySet().stream().map(MidiPorts.Port::name).toList();
    }

    private boolean isWanted(MidiPorts.Port port) {
        String name = port.name().toLowerCase(Locale.ROOT);
        return wanted.isEmpty() || wanted.stream().anyMatch(name::contains);
    }

    private void open(MidiPorts.Port port) {
        try {
            open.put(port, port.open(inbox::offer));
            news.add("midi: " + port.name() + " is connected");
        } catch (MidiUnavailableException | RuntimeException e) {
            refused.add(port);
            news.add("midi: " + port.name() + " cannot be opened: " + e.getMessage()
                    + ". Close what uses it and connect it again");
        }
    }

    private void shut(MidiPorts.Port port) {
        try {
            open.remove(port).close();
        } catch (Exception e) {
            news.add("midi: " + port.name() + " could not be closed: " + e.getMessage());
        }
    }

    /** Closes all inputs and releases their notes. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        shutAll();
    }

    private synchronized void shutAll() {
        List.copyOf(open.keySet()).forEach(this::shut);
        names = List.of();
        inbox.releaseAll();
    }
}
