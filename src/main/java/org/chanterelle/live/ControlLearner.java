package org.chanterelle.live;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import org.chanterelle.rt.LiveProcess;
import org.chanterelle.signal.ControlMapping;
import org.chanterelle.signal.Parameter;

/**
 * MIDI learn: for one parameter after the other, the next controller that moves turns it from then on. Asked again and again by whoever
 * watches the session; waits for nothing.
 */
public final class ControlLearner {
    /** How long it listens for each parameter. */
    public static final double LIMIT_SECONDS = 30;

    private static final double NANOS_PER_SECOND = 1e9;

    private final LiveProcess process;
    private final Queue<Parameter> wanted;
    private Parameter current;
    private long since;

    /** @param parameters what is to be learned, in this order */
    public ControlLearner(LiveProcess process, List<Parameter> parameters) {
        this.process = process;
        wanted = new ArrayDeque<>(parameters);
    }

    /** Whether all have been learned or given up. */
    public boolean isDone() {
        return current == null && wanted.isEmpty();
    }

    /**
     * Goes on.
     *
     * @param nanos the present on the clock of {@link System#nanoTime}
     * @return what the player should know, or null
     */
    public String look(long nanos) {
        if (current == null) {
            return begin(nanos);
        }
        int controller = process.ear().take();
        if (controller >= 0) {
            return learn(controller);
        }
        if ((nanos - since) / NANOS_PER_SECOND < LIMIT_SECONDS) {
            return null;
        }
        String line = "learn: no controller moved for " + current.id()
                + "; it stays as it is. Check that the keyboard is connected";
        current = null;
        return line;
    }

    private String begin(long nanos) {
        current = wanted.poll();
        if (current == null) {
            return null;
        }
        since = nanos;
        process.ear().listen();
        return "learn: move the controller for " + current.name() + " (" + current.id() + ")";
    }

    /** The parameter keeps the range that a controller gave it before. */
    private String learn(int controller) {
        Parameter parameter = current;
        current = null;
        ControlMapping before = process.map().mappings().stream().filter(mapping -> mapping.parameter().equals(parameter))
                .findFirst().orElse(null);
        float min = before == null ? parameter.min() : before.min();
        float max = before == null ? parameter.max() : before.max();
        process.setMap(process.map().learn(new ControlMapping(controller, parameter, min, max)));
        return String.format(
                Locale.ROOT, "learn: controller %d turns %s, %s to %s %s", controller, parameter.id(), plain(min), plain(max),
                parameter.unit()).stripTrailing();
    }

    private static String plain(float value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Float.toString(value);
    }
}
