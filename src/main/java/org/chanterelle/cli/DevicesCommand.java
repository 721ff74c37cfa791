package org.chanterelle.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.driver.jack.JackServer;
import org.chanterelle.driver.javasound.JavaSoundDevices;
import org.chanterelle.inference.ComputeDevices;
import org.chanterelle.signal.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code devices}: what can be played through, from and on. */
@Command(name = "devices", description = "Lists drivers with their ports, MIDI inputs and what networks can run on.")
final class DevicesCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Option(names = "--server", paramLabel = "NAME", description = "JACK server to look at (default: the default one).")
    private String server;

    @Override
    public void run() {
        JavaSoundDevices javaSound = JavaSoundDevices.find();
        StringBuilder text = new StringBuilder();
        Map<String, Object> jack = jack(text);
        Map<String, Object> drivers = new LinkedHashMap<>();
        drivers.put("jack", jack);
        drivers.put("javasound", javaSound(javaSound, text));
        drivers.put("file", Map.of("available", true));
        text.append("file: always there\n");
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("drivers", drivers);
        object.put("midiInputs", javaSound.midiInputs());
        text.append("MIDI inputs beside JACK's: ").append(list(javaSound.midiInputs())).append('\n');
        object.put("compute", compute(text));
        reporting.tell(object, text.toString());
    }

    private Map<String, Object> jack(StringBuilder text) {
        Map<String, Object> object = new LinkedHashMap<>();
        try {
            JackServer found = JackServer.look(server);
            object.put("available", true);
            object.put("sampleRateHz", found.sampleRateHz());
            object.put("blockFrames", found.bufferFrames());
            object.put("sources", found.sources());
            object.put("destinations", found.destinations());
            object.put("midiSources", found.midiSources());
            object.put("midiDestinations", found.midiDestinations());
            text.append(String.format(Locale.ROOT,
                    "jack: %d Hz, %d frames in a block%n  sound from: %s%n  sound to: %s%n  MIDI from: %s%n  MIDI to: %s%n",
                    found.sampleRateHz(), found.bufferFrames(), list(found.sources()), list(found.destinations()),
                    list(found.midiSources()), list(found.midiDestinations())));
        } catch (UserError e) {
            object.put("available", false);
            object.put("reason", e.getMessage());
            text.append("jack: not available. ").append(e.getMessage()).append('\n');
        }
        return object;
    }

    private static Map<String, Object> javaSound(JavaSoundDevices found, StringBuilder text) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("available", found.canPlay());
        object.put("cards", found.cards());
        text.append(found.canPlay() ? "javasound:" : "javasound: not available: no sound card that can play").append('\n');
        for (JavaSoundDevices.Card card : found.cards()) {
            String abilities = card.plays() && card.records() ? "in and out" : card.plays() ? "out" : "in";
            text.append("  ").append(card.name()).append(": ").append(abilities).append('\n');
        }
        return object;
    }

    private static Map<String, Object> compute(StringBuilder text) {
        int processors = Runtime.getRuntime().availableProcessors();
        int gpus = ComputeDevices.gpus();
        text.append("cpu: ").append(processors).append(" processors\n");
        text.append(gpus == 0 ? "cuda: no GPU, or no CUDA libraries for PyTorch" : "cuda: " + gpus + " GPUs");
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("cpu", Map.of("processors", processors));
        object.put("cuda", Map.of("gpus", gpus));
        return object;
    }

    private static String list(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
