package org.chanterelle.live;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.chanterelle.analysis.Timing;
import org.chanterelle.inference.ComputeDevice;
import org.chanterelle.inference.InputCalibration;
import org.chanterelle.inference.sing.SingWeights;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.sing.SingCard;
import org.chanterelle.model.sing.SingFolder;
import org.chanterelle.preset.Preset;
import org.chanterelle.preset.PresetFolder;
import org.chanterelle.rt.MidiMap;
import org.chanterelle.rt.ParameterValues;
import org.chanterelle.signal.KeyScale;
import org.chanterelle.signal.Parameter;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.UserError;

/**
 * Presets in a session: makes their sounds, keeps loaded instruments, and changes over while playing. Whatever cannot be loaded leaves
 * the old sound as it is.
 */
public final class PresetPlayer implements AutoCloseable {
    private static final double MILLI = 1e-3;
    private static final int PROGRAMS = 128;
    private static final int MAX_INSTRUMENTS = 8;

    private final PresetFolder folder;
    private final Function<String, ModelFolder> models;
    private final Function<String, SingFolder> notes;
    private final Options options;
    private final Map<String, Instrument> instruments = new LinkedHashMap<>();
    /** Null when no notes are rendered ahead. */
    private final BankFiller filler;
    /** Null when nothing is kept. */
    private final InstrumentCache kept;
    private final Map<String, SingInstrument> sings = new LinkedHashMap<>();
    private volatile Preset current;
    private volatile Preset sounding;
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final ExecutorService loader = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "preset-loader");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * What holds for every preset of a session.
     *
     * @param input what plays; null for what each preset says
     * @param timing of a voice
     * @param calibration of the microphone; null when nothing is known about it
     * @param rumbleHz below which all is taken away; 0 for what suits the instrument
     * @param device where networks run
     * @param cache where what is computed ahead is kept; null to render no notes ahead and keep nothing
     */
    public record Options(LiveSound.Input input, Timing timing, InputCalibration calibration, double rumbleHz,
            ComputeDevice device, SoundCache cache) {
        /** Without a cache. */
        public Options(LiveSound.Input input, Timing timing, InputCalibration calibration, double rumbleHz,
                ComputeDevice device) {
            this(input, timing, calibration, rumbleHz, device, null);
        }

        /** What each preset says, as early as can be. */
        public static final Options DEFAULT = new Options(null, Timing.LIVE, null, 0, ComputeDevice.CPU);
    }

    /** @param models finds a model by the name in a preset; throws UserError */
    public PresetPlayer(PresetFolder folder, Function<String, ModelFolder> models, Options options) {
        this(folder, models, name -> {
            throw new UserError(name + ": SING models are not played here.");
        }, options);
    }

    /**
     * @param models finds a timbre model by the name in a preset; throws UserError
     * @param notes finds a SING model likewise
     */
    public PresetPlayer(PresetFolder folder, Function<String, ModelFolder> models, Function<String, SingFolder> notes,
            Options options) {
        this.folder = folder;
        this.models = models;
        this.notes = notes;
        this.options = options;
        filler = options.cache == null ? null : new BankFiller(options.cache, problems::add);
        kept = options.cache == null ? null : new InstrumentCache(options.cache, problems::add);
    }

    /**
     * Makes a preset's sound, which may take seconds.
     *
     * @throws UserError when its model cannot be had
     */
    public LiveSound sound(Preset preset) {
        LiveSound sound = made(preset);
        sounding = preset;
        return sound;
    }

    private LiveSound made(Preset preset) {
        return switch (preset.engine()) {
            case SING -> waveSound(preset);
            case HARMONIC_NOISE -> timbreSound(preset);
            case MEL2MEL -> throw new UserError("preset " + preset.name()
                    + ": engine is mel2mel, which renders whole scores and does not play live. Use render");
            case JUKEBOX -> throw new UserError("preset " + preset.name()
                    + ": engine is jukebox, which makes music by itself and does not play. Use generate");
        };
    }

    private synchronized LiveSound waveSound(Preset preset) {
        if (options.input == LiveSound.Input.VOICE) {
            throw new UserError(
                    "preset " + preset.name() + ": engine is sing, which only keys play. Leave out --input voice, or take"
                            + " a voice-… preset");
        }
        SingInstrument known = sings.get(preset.model());
        if (known == null) {
            SingFolder model = notes.apply(preset.model());
            String name = filler == null ? "" : BankFiller.nameOf(model);
            known = new SingInstrument(model.card(), new SingWeights(model), name);
            sings.clear();
            sings.put(preset.model(), known);
        }
        WaveSound sound = WaveSound.of(preset, known.card, known.weights, preset.value(Parameters.MORPH));
        if (filler != null && sound.bank() != null) {
            filler.fill(sound, known.name);
        }
        return sound;
    }

    private record SingInstrument(SingCard card, SingWeights weights, String name) {}

    private TimbreSound timbreSound(Preset preset) {
        Instrument instrument = instrument(preset);
        LiveSound.Input input = options.input != null
                ? options.input
                : preset.input() == Preset.Input.VOICE ? LiveSound.Input.VOICE : LiveSound.Input.MIDI;
        InputCalibration calibration = options.calibration != null
                ? options.calibration
                : InputCalibration.unknown(instrument.card().normalisation());
        TimbreSound sound = input == LiveSound.Input.VOICE
                ? LiveSound.ofVoice(instrument, options.timing, calibration)
                : LiveSound.ofKeys(instrument);
        return options.rumbleHz > 0 ? sound.withRumbleHz(options.rumbleHz) : sound;
    }

    /** Sets what a preset says of parameters and controllers. */
    public static void apply(Preset preset, LiveSession session) {
        ParameterValues values = session.values();
        for (Parameter parameter : Parameters.ALL) {
            values.set(parameter, preset.value(parameter));
        }
        session.process().setMap(new MidiMap(preset.midiMap()));
        session.setScale(preset.tuning() == null ? KeyScale.EQUAL : preset.tuning().keys());
    }

    /** The session's present values and controllers as a preset of another name. */
    public static Preset snapshot(Preset like, String name, LiveSession session) {
        Map<Parameter, Float> values = new LinkedHashMap<>();
        for (Parameter parameter : Parameters.ALL) {
            values.put(parameter, session.values().get(parameter));
        }
        return like.saved(name, values, session.process().map().mappings());
    }

    /** Changes to the preset of a MIDI program, beside the sound; {@link #takeProblem} tells what went wrong. */
    public Future<?> change(LiveSession session, int program) {
        return loader.submit(() -> {
            try {
                Preset preset = ofProgram(program);
                if (preset != null) {
                    // A file names its program before its first note, which a change to what sounds already would cut.
                    if (!preset.equals(sounding)) {
                        session.change(sound(preset));
                    }
                    apply(preset, session);
                    current = preset;
                }
            } catch (UserError e) {
                problems.add(e.getMessage());
            } catch (RuntimeException e) {
                problems.add("program " + program % PROGRAMS + ": " + e);
            }
        });
    }

    /** The preset that a MIDI program last chose; null for none. */
    public Preset chosen() {
        return current;
    }

    /** What a user should know, once: why a preset was not loaded; null for nothing. */
    public String takeProblem() {
        return problems.poll();
    }

    @Override
    public void close() {
        loader.shutdownNow();
        if (filler != null) {
            filler.close();
        }
    }

    private Preset ofProgram(int program) {
        for (Preset preset : folder.all()) {
            Preset.Program own = preset.program();
            if (own != null && own.bank() * PROGRAMS + own.number() == program) {
                return preset;
            }
        }
        problems.add("bank " + program / PROGRAMS + ", program " + program % PROGRAMS + ": no preset has it; the sound stays. See"
                + " 'chanterelle presets'");
        return null;
    }

    private synchronized Instrument instrument(Preset preset) {
        double attackSeconds = preset.value(Parameters.ATTACK) * MILLI;
        String key = preset.model() + " " + attackSeconds;
        Instrument known = instruments.get(key);
        if (known == null) {
            known = Instrument.of(models.apply(preset.model()), attackSeconds, true, options.device, kept);
            if (instruments.size() == MAX_INSTRUMENTS) {
                instruments.remove(instruments.keySet().iterator().next());
            }
            instruments.put(key, known);
        }
        return known;
    }
}
