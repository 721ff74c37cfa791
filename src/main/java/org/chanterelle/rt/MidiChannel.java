package org.chanterelle.rt;

import java.util.Arrays;
import org.chanterelle.signal.RealTime;

/** The controllers, bend, pressure and registered parameters of one channel. */
@RealTime
final class MidiChannel {
    static final int MODULATION = 1;
    static final int VOLUME = 7;
    static final int PAN = 10;
    static final int EXPRESSION = 11;
    static final int SUSTAIN = 64;
    static final int SOSTENUTO = 66;
    static final int RESET_CONTROLLERS = 121;

    private static final int BANK_HIGH = 0;
    private static final int DATA_HIGH = 6;
    private static final int BANK_LOW = 32;
    private static final int DATA_LOW = 38;
    private static final int INCREMENT = 96;
    private static final int DECREMENT = 97;
    private static final int NRPN_LOW = 98;
    private static final int NRPN_HIGH = 99;
    private static final int RPN_LOW = 100;
    private static final int RPN_HIGH = 101;

    private static final int NONE = 0x3fff;
    private static final int BEND_RANGE = 0;
    private static final int BEND_CENTRE = 8192;
    private static final int CENTS = 100;

    /** As wide as the MIDI standards ask anywhere (polyphonic expression), and as the parameter of the same name. */
    private static final int MOST_BEND_CENTS = 96 * CENTS;

    private final byte[] controls = new byte[128];
    private final byte[] keyPressure = new byte[128];
    private int pressure;
    private int bend;
    private int bendRangeCents;
    private int usualBendRangeCents;
    private int registered;

    MidiChannel(float bendRangeSemitones) {
        setUsualBendRange(bendRangeSemitones);
        reset();
    }

    /** As when switched on. */
    void reset() {
        Arrays.fill(controls, (byte) 0);
        controls[VOLUME] = 100;
        controls[PAN] = 64;
        bendRangeCents = -1;
        resetControllers();
    }

    /** What controller 121 resets after RP-015: not volume, pan, bank, nor registered parameters. */
    void resetControllers() {
        controls[MODULATION] = 0;
        controls[EXPRESSION] = 127;
        for (int pedal = SUSTAIN; pedal <= 67; pedal++) {
            controls[pedal] = 0;
        }
        Arrays.fill(keyPressure, (byte) 0);
        pressure = 0;
        bend = BEND_CENTRE;
        controls[RPN_LOW] = 127;
        controls[RPN_HIGH] = 127;
        registered = NONE;
    }

    void control(int number, int value) {
        controls[number] = (byte) value;
        switch (number) {
            case RPN_LOW, RPN_HIGH -> registered = controls[RPN_HIGH] << 7 | controls[RPN_LOW];
            case NRPN_LOW, NRPN_HIGH -> registered = NONE;
            case DATA_HIGH -> setRange(value * CENTS + bendRange() % CENTS);
            case DATA_LOW -> setRange(bendRange() / CENTS * CENTS + Math.min(value, CENTS - 1));
            case INCREMENT -> setRange(bendRange() + 1);
            case DECREMENT -> setRange(bendRange() - 1);
            default -> {
            }
        }
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

    void setUsualBendRange(float semitones) {
        usualBendRangeCents = Math.round(semitones * CENTS);
    }

    int control(int number) {
        return controls[number];
    }

    int bank() {
        return controls[BANK_HIGH] << 7 | controls[BANK_LOW];
    }

    float pressure() {
        return pressure / 127f;
    }

    float keyPressure(int key) {
        return keyPressure[key] / 127f;
    }

    float bendSemitones() {
        return (bend - BEND_CENTRE) * (bendRange() / (float) (BEND_CENTRE * CENTS));
    }

    private int bendRange() {
        return bendRangeCents < 0 ? usualBendRangeCents : bendRangeCents;
    }

    private void setRange(int cents) {
        if (registered == BEND_RANGE) {
            bendRangeCents = Math.max(0, Math.min(MOST_BEND_CENTS, cents));
        }
    }
}
