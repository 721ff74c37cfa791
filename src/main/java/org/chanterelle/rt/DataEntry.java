package org.chanterelle.rt;

import org.chanterelle.signal.RealTime;

/** Which registered or unregistered parameter of a channel the data controllers (6, 38, 96, 97) turn at present. */
@RealTime
final class DataEntry {
    static final int HIGH = 6;
    static final int LOW = 38;
    static final int INCREMENT = 96;
    static final int DECREMENT = 97;

    /** No parameter is chosen. */
    static final int NOTHING = -1;

    private static final int NRPN_LOW = 98;
    private static final int NRPN_HIGH = 99;
    private static final int RPN_LOW = 100;
    private static final int RPN_HIGH = 101;
    private static final int NULL_BYTE = 127;
    private static final int NULL = NULL_BYTE << 7 | NULL_BYTE;

    private int high = NULL_BYTE;
    private int low = NULL_BYTE;
    private boolean isRegistered;

    /** Whether a controller enters data. */
    static boolean enters(int control) {
        return control == HIGH || control == LOW || control == INCREMENT || control == DECREMENT;
    }

    /** None is chosen any more. */
    void reset() {
        high = NULL_BYTE;
        low = NULL_BYTE;
    }

    /** Takes the controllers that choose; others change nothing. */
    void control(int number, int value) {
        if (number < NRPN_LOW || number > RPN_HIGH) {
            return;
        }
        boolean registered = number >= RPN_LOW;
        if (registered != isRegistered) {
            reset();
            isRegistered = registered;
        }
        if (number == RPN_HIGH || number == NRPN_HIGH) {
            high = value;
        } else {
            low = value;
        }
    }

    /** The registered parameter's number, or {@link #NOTHING}. */
    int registered() {
        return isRegistered ? number() : NOTHING;
    }

    /** The unregistered parameter's number, or {@link #NOTHING}. */
    int unregistered() {
        return isRegistered ? NOTHING : number();
    }

    private int number() {
        int number = high << 7 | low;
        return number == NULL ? NOTHING : number;
    }
}
