package org.chanterelle.rt;

import java.util.Arrays;
import org.chanterelle.signal.RealTime;

/** The controllers, bend, pressure and registered parameters of one channel. */
@RealTime
final class MidiChannel {
    static final int MODULATION = 1;
    static final int BREATH = 2;
    static final int PORTAMENTO_TIME = 5;
    static final int VOLUME = 7;
    static final int PAN = 10;
    static final int EXPRESSION = 11;
    static final int SUSTAIN = 64;
    static final int PORTAMENTO = 65;
    static final int SOSTENUTO = 66;
    static final int SOFT = 67;
    static final int LEGATO = 68;
    static final int BRIGHTNESS = 74;
    static final int PORTAMENTO_KEY = 84;
    static final int RESET_CONTROLLERS = 121;

    /** The registered parameters. */
    static final int BEND_RANGE = 0;
    static final int FINE_TUNING = 1;
    static final int COARSE_TUNING = 2;
    static final int MODULATION_RANGE = 5;
    static final int MPE_CONFIGURATION = 6;

    /** From a controller's high byte to the controller of its low byte. */
    static final int TO_LOW = 32;

    private static final int BANK_HIGH = 0;
    private static final int BANK_LOW = 32;
    private static final int PEDAL_DOWN = 64;
    private static final int BEND_CENTRE = 8192;
    private static final int COARSE_CENTRE = 64;
    private static final int LARGEST = 0x3fff;
    private static final int CENTS = 100;

    /** As wide as the MIDI standards ask anywhere (polyphonic expression), and as the parameter of the same name. */
    private static final int MOST_BEND_CENTS = 96 * CENTS;

    private final byte[] controls = new byte[128];
    private final byte[] keyPressure = new byte[128];
    private final DataEntry entry = new DataEntry();
    private int pressure;
    private int bend;
    private int bendRangeCents;
    private int usualBendRangeCents;
    private int fineTuning;
    private int coarseTuning;
    private int modulationRange;
    private boolean breathes;
    private int portamentoKey;

    MidiChannel(float bendRangeSemitones) {
        setUsualBendRange(bendRangeSemitones);
        reset();
    }

    /** As when switched on. */
    void reset() {
        Arrays.fill(controls, (byte) 0);
        controls[VOLUME] = 100;
        controls[PAN] = 64;
        controls[BRIGHTNESS] = 64;
        bendRangeCents = -1;
        fineTuning = BEND_CENTRE;
        coarseTuning = COARSE_CENTRE;
        modulationRange = 0;
        resetControllers();
    }

    /** What controller 121 resets after RP-015: not volume, pan, bank, brightness, nor registered parameters. */
    void resetControllers() {
        controls[MODULATION] = 0;
        controls[EXPRESSION] = 127;
        for (int pedal = SUSTAIN; pedal <= LEGATO; pedal++) {
            controls[pedal] = 0;
        }
        Arrays.fill(keyPressure, (byte) 0);
        pressure = 0;
        bend = BEND_CENTRE;
        breathes = false;
        portamentoKey = -1;
        entry.reset();
    }

    void control(int number, int value) {
        controls[number] = (byte) value;
        if (number < TO_LOW && number != BANK_HIGH && number != DataEntry.HIGH) {
            // Repeated in the low byte, a sender of high bytes alone spans the whole range, and a low byte that follows is exact.
            controls[number + TO_LOW] = (byte) value;
        }
        breathes |= number == BREATH;
        portamentoKey = number == PORTAMENTO_KEY ? value : portamentoKey;
        entry.control(number, value);
        enter(number, value);
    }

    void bend(int value) {
        bend = value;
    }

    void pressure(int value) {
        pressure = value;
    }

    void keyPressure(int key, int value) {
        keyPressure[key] = (byte) value;
    }

    void forgetPortamentoKey() {
        portamentoKey = -1;
    }

    void setUsualBendRange(float semitones) {
        usualBendRangeCents = Math.round(semitones * CENTS);
    }

    void setBendRangeCents(int cents) {
        bendRangeCents = Math.max(0, Math.min(MOST_BEND_CENTS, cents));
    }

    /** The usual range is the channel's again. */
    void forgetBendRange() {
        bendRangeCents = -1;
    }

    int bendRangeCents() {
        return bendRangeCents < 0 ? usualBendRangeCents : bendRangeCents;
    }

    int control(int number) {
        return controls[number];
    }

    /** A controller as a linear gain after the MIDI curve, 40 log10(v/127) dB. */
    float gain(int number) {
        float share = controls[number] / 127f;
        return share * share;
    }

    boolean isDown(int pedal) {
        return controls[pedal] >= PEDAL_DOWN;
    }

    int bank() {
        return controls[BANK_HIGH] << 7 | controls[BANK_LOW];
    }

    DataEntry entry() {
        return entry;
    }

    /** Both bytes of a controller below 64, 0 to 1; of any other its one. */
    float fineValue(int number) {
        if (number >= 2 * TO_LOW) {
            return controls[number] / 127f;
        }
        int high = number % TO_LOW;
        return (controls[high] << 7 | controls[high + TO_LOW]) / (float) LARGEST;
    }

    float pressure() {
        return pressure / 127f;
    }

    float keyPressure(int key) {
        return keyPressure[key] / 127f;
    }

    /** Controller 2, 0 to 1; -1 until it comes. */
    float breath() {
        return breathes ? controls[BREATH] / 127f : -1f;
    }

    int portamentoKey() {
        return portamentoKey;
    }

    float bendSemitones() {
        return (bend - BEND_CENTRE) * (bendRangeCents() / (float) (BEND_CENTRE * CENTS));
    }

    /** Registered parameters 1 and 2. */
    float tuningSemitones() {
        return coarseTuning - COARSE_CENTRE + (fineTuning - BEND_CENTRE) / (float) BEND_CENTRE;
    }

    /** Registered parameter 5 in semitones. */
    float modulationRangeSemitones() {
        return modulationRange / 128f;
    }

    private void enter(int number, int value) {
        if (!DataEntry.enters(number)) {
            return;
        }
        switch (entry.registered()) {
            case BEND_RANGE -> setBendRangeCents(entered(number, value, bendRangeCents(), CENTS));
            case FINE_TUNING -> fineTuning = Math.max(0, Math.min(LARGEST, enteredFine(number, value)));
            case COARSE_TUNING -> coarseTuning = Math.max(0, Math.min(127, enteredCoarse(number, value)));
            case MODULATION_RANGE -> modulationRange = Math.max(0, entered(number, value, modulationRange, 128));
            default -> {
            }
        }
    }

    /** A value of whole and so many small steps in one: high byte, low byte, or a step up or down. */
    private static int entered(int number, int value, int present, int small) {
        return switch (number) {
            case DataEntry.HIGH -> value * small + present % small;
            case DataEntry.LOW -> present / small * small + Math.min(value, small - 1);
            case DataEntry.INCREMENT -> present + 1;
            default -> present - 1;
        };
    }

    /** A high byte alone is exact: 64 is no detuning. */
    private int enteredFine(int number, int value) {
        return number == DataEntry.HIGH ? value << 7 : entered(number, value, fineTuning, 128);
    }

    /** The low byte means nothing. */
    private int enteredCoarse(int number, int value) {
        return number == DataEntry.LOW
                ? coarseTuning
                : number == DataEntry.HIGH ? value : entered(number, value, coarseTuning, 1);
    }
}
