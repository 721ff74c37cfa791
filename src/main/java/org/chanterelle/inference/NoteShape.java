package org.chanterelle.inference;

import org.chanterelle.model.expression.NoteExpression;

/**
 * One note in time, as its expression says: where pitch, level, noise and brightness are in each control frame. The note's length is not
 * known: vibrato and swell grow while it is held. One thread; nothing is allocated after the constructor.
 */
final class NoteShape {
    /** Vibrato of long notes, whatever was drawn: what players call one. */
    private static final double LEAST_DELAY_SECONDS = 0.11;

    private static final double MOST_DELAY_SECONDS = 0.2;
    private static final double LEAST_RATE_HZ = 5.2;
    private static final double MOST_RATE_HZ = 5.8;
    private static final double LEAST_DEPTH_CENTS = 13.5;
    private static final double MOST_DEPTH_CENTS = 22;
    private static final double VIBRATO_RISE_SECONDS = 0.12;

    /** Limits of what one note may differ by from the next on a keyboard. */
    private static final double MOST_SCOOP_CENTS = 32;

    private static final double MOST_NOISE_DB = 14;
    private static final double MOST_LEVEL_DB = 2;
    private static final double MOST_TILT_DB = 0.7;
    private static final double MOST_SWELL_DB = 5;
    private static final double MOST_WOBBLE_DB = 3.2;
    private static final double MOST_LOUDER_DB = 3;

    /** And so much more once the stroke is long enough for its peak to be no part of its beginning. */
    private static final double MOST_GROWN_DB = 6;

    private static final double GROWN_AFTER_SECONDS = 0.25;
    private static final double GROWN_OVER_SECONDS = 0.3;

    /** What is measured of a wobble and a swell is what is left after smoothing. */
    private static final double WOBBLE_LEFT = 0.6;

    private static final double SWELL_LEFT = 0.7;

    /** Each stroke begins a little stronger than it goes on. */
    private static final double ACCENT_DB = 3;

    private static final double ACCENT_SECONDS = 0.12;
    private static final double ACCENT_RISE_SECONDS = 0.05;

    /** The accent comes up to the body's level sooner than the body would. */
    private static final double ACCENTED = 1.3;

    /** A scoop is measured when the pitch is first seen. */
    private static final double SCOOP_SEEN_SECONDS = 0.03;

    private static final double SCOOP_LEFT = 0.83;

    /** Of measured differences in level and brightness: the rest is dynamics, which here come from the player. */
    private static final double OWN_LEVEL = 0.6;

    private static final double OWN_BRIGHTNESS = 0.4;

    private static final double LEAST_GLIDE_SECONDS = 0.03;
    private static final double MOST_GLIDE_SECONDS = 0.08;

    /** Slow changes settle in this time, fast ones of a slur in that. */
    private static final double WANDER_SECONDS = 0.25;

    /** The level sways faster: what is measured of it is what changes within 0.1 s. */
    private static final double WOBBLE_SECONDS = 0.07;

    /** A bow's pressure drifts besides, smoothly, by so much more than the level sways: recorded notes hardly ever stay level. */
    private static final double DRIFT_OF_WOBBLE = 1.6;

    private static final double DRIFT_SECONDS = 0.25;
    private static final double DRIFT_LAG_SECONDS = 0.12;

    private static final double SLUR_SECONDS = 0.03;

    /** Standard deviations of what wanders: rate and depth of vibrato (shares), pitch. */
    private static final double RATE_WANDER = 0.04;

    private static final double DEPTH_WANDER = 0.12;
    private static final double PITCH_WANDER_CENTS = 0.7;

    /** What the control frame has. */
    double key;
    double cents;
    double levelDb;
    double noiseDb;
    double tiltDbPerOctave;
    double attackDb;
    double releaseSeconds;

    private final double stepSeconds;
    private double seconds;
    private double attackSeconds;
    private double startDb;
    private double startNoiseDb;
    private double bodyDb;
    private double swellDb;
    private double swellSeconds;
    private double wobbleDb;
    private double bodyTilt;
    private double delaySeconds;
    private double rateHz;
    private double depthCents;
    private double scoopCents;
    private double scoopSeconds;
    private double vibratoCycles;
    private double vibratoCents;
    private double fromKey;
    private double toKey;
    private double glideSeconds;
    private boolean slurred;
    private double rateWander;
    private double depthWander;
    private double pitchWander;
    private double levelWander;
    private double driftWander;
    private double drift;
    private long random;

    NoteShape(double controlRateHz) {
        stepSeconds = 1 / controlRateHz;
    }

    /** Begins with a new bow. */
    void begin(NoteExpression e, double newKey, double intonationCents, long seed) {
        random = seed;
        key = newKey;
        fromKey = newKey;
        toKey = newKey;
        glideSeconds = 0;
        slurred = false;
        vibratoCycles = 0;
        vibratoCents = 0;
        rateWander = gaussian();
        depthWander = gaussian();
        levelWander = 0;
        driftWander = gaussian();
        drift = 0;
        pitchWander = intonationCents / PITCH_WANDER_CENTS;
        startDb = Math.clamp(e.attackDb(), 0, 25);
        attackSeconds = Math.clamp(ACCENTED * e.attackSeconds(), 0.01, 0.12);
        startNoiseDb = Math.clamp(e.attackNoiseDb(), 0, MOST_NOISE_DB);
        scoopCents = Math.clamp(e.scoopCents() / SCOOP_LEFT, -MOST_SCOOP_CENTS, MOST_SCOOP_CENTS);
        scoopSeconds = Math.clamp(e.scoopSeconds(), 0.005, 0.02);
        setBody(e);
    }

    /** Goes on to another note in the same bow, in the glide that its expression has or, where greater than 0, the time given. */
    void slur(NoteExpression e, double newKey, double portamentoSeconds) {
        glide(key, newKey, portamentoSeconds > 0
                ? portamentoSeconds
                : Math.clamp(e.glideSeconds(), LEAST_GLIDE_SECONDS, MOST_GLIDE_SECONDS));
        slurred = true;
        startDb = 0;
        startNoiseDb = 0;
        scoopCents = 0;
        setBody(e);
    }

    /** Glides to the note's key. */
    void glide(double from, double to, double overSeconds) {
        fromKey = from;
        toKey = to;
        glideSeconds = overSeconds;
        seconds = 0;
    }

    private void setBody(NoteExpression e) {
        seconds = 0;
        bodyDb = Math.clamp(OWN_LEVEL * e.levelDb(), -MOST_LEVEL_DB, MOST_LEVEL_DB);
        swellDb = Math.clamp(e.swellDb() / SWELL_LEFT, 0, MOST_SWELL_DB);
        swellSeconds = Math.clamp(e.swellSeconds(), 0.15, 1.2);
        wobbleDb = Math.clamp(e.wobbleDb() / WOBBLE_LEFT, 0, MOST_WOBBLE_DB);
        bodyTilt = Math.clamp(OWN_BRIGHTNESS * e.brightnessDbPerOctave(), -MOST_TILT_DB, MOST_TILT_DB);
        delaySeconds = Math.clamp(e.vibratoDelaySeconds(), LEAST_DELAY_SECONDS, MOST_DELAY_SECONDS);
        rateHz = Math.clamp(e.vibratoRateHz(), LEAST_RATE_HZ, MOST_RATE_HZ);
        depthCents = Math.clamp(e.vibratoDepthCents(), LEAST_DEPTH_CENTS, MOST_DEPTH_CENTS);
        releaseSeconds = Math.clamp(e.releaseSeconds(), 0.04, 0.09);
    }

    /**
     * Moves on by one control frame.
     *
     * @param share how far the note is shaped of itself, 0 to 1
     * @param vibratoShare of its own vibrato
     * @param wheelCents what the modulation wheel adds
     * @param rate of vibrato, as a multiple of its own
     * @param attackScale length of the attack, as a multiple of its own
     * @param plainDb level at the onset below the body of a note without shape
     * @param plainSeconds its attack
     */
    void step(double share, double vibratoShare, double wheelCents, double rate, double attackScale, double plainDb,
            double plainSeconds) {
        double own = mix(0, vibratoShare * depthCents, share) * smooth((seconds - delaySeconds) / VIBRATO_RISE_SECONDS);
        vibratoCents += (own - vibratoCents) * (1 - Math.exp(-stepSeconds / SLUR_SECONDS));
        double depth = vibratoCents * (1 + DEPTH_WANDER * depthWander) + wheelCents;
        double scoop = scoopCents * Math.pow(2, -Math.max(0, seconds - SCOOP_SEEN_SECONDS) / scoopSeconds);
        cents = depth * Math.sin(2 * Math.PI * vibratoCycles) + share * (scoop + PITCH_WANDER_CENTS * pitchWander);
        vibratoCycles += rateHz * rate * (1 + share * RATE_WANDER * rateWander) * stepSeconds;
        key = glideSeconds > 0 ? mix(fromKey, toKey, smooth(seconds / glideSeconds)) : toKey;
        double body = share * (bodyDb + limited(swell() + accent() + wobbleDb * (levelWander + DRIFT_OF_WOBBLE * drift)));
        levelDb = slurred ? settle(levelDb, body) : body;
        tiltDbPerOctave = slurred ? settle(tiltDbPerOctave, share * bodyTilt) : share * bodyTilt;
        attackDb = slurred
                ? 0
                : attack(mix(plainDb, startDb, share), mix(plainSeconds, attackSeconds * attackScale, share), seconds);
        noiseDb = share * startNoiseDb * Math.exp(-2 * seconds / (attackSeconds * attackScale));
        wander();
        seconds += stepSeconds;
    }

    /** Level below the body so long after the onset: within 3 dB after the attack. Positive, in dB. */
    static double attack(double startDb, double attackSeconds, double seconds) {
        double fall = Math.log(Math.max(startDb, 3 * Math.E) / 3) / Math.max(attackSeconds, 1e-3);
        return startDb * Math.exp(-seconds * fall);
    }

    /** A bow weakens as it likes, but begins hardly louder than it was asked to: equal touches are heard equally soon. */
    private double limited(double db) {
        double grown = slurred ? 1 : smooth((seconds - GROWN_AFTER_SECONDS) / GROWN_OVER_SECONDS);
        double most = MOST_LOUDER_DB + MOST_GROWN_DB * grown;
        return db > 0 ? most * Math.tanh(db / most) : db;
    }

    /** Rises to its peak, then settles between that and the mean. */
    private double swell() {
        double rise = smooth(seconds / swellSeconds);
        double fall = smooth((seconds - swellSeconds) / (2 * swellSeconds));
        return swellDb * (rise - 0.7 * fall - 0.3);
    }

    private double accent() {
        return slurred ? 0 : ACCENT_DB * (1 - Math.exp(-seconds / ACCENT_RISE_SECONDS)) * Math.exp(-seconds / ACCENT_SECONDS);
    }

    private void wander() {
        double keep = Math.exp(-stepSeconds / WANDER_SECONDS);
        rateWander = wandered(rateWander, keep);
        depthWander = wandered(depthWander, keep);
        pitchWander = wandered(pitchWander, keep);
        levelWander = wandered(levelWander, Math.exp(-stepSeconds / WOBBLE_SECONDS));
        driftWander = wandered(driftWander, Math.exp(-stepSeconds / DRIFT_SECONDS));
        drift += (driftWander - drift) * (1 - Math.exp(-stepSeconds / DRIFT_LAG_SECONDS));
    }

    private double wandered(double from, double keep) {
        return keep * from + Math.sqrt(1 - keep * keep) * gaussian();
    }

    private double settle(double from, double to) {
        return from + (to - from) * (1 - Math.exp(-stepSeconds / SLUR_SECONDS));
    }

    /** Nearly normal: a sum of three uniform numbers, never beyond 3. */
    private double gaussian() {
        return 2 * (uniform() + uniform() + uniform() - 1.5);
    }

    private double uniform() {
        random += 0x9E3779B97F4A7C15L;
        long z = random;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return (z ^ z >>> 31) >>> 11 == 0 ? 0 : ((z ^ z >>> 31) >>> 11) * 0x1p-53;
    }

    private static double smooth(double x) {
        double clamped = Math.clamp(x, 0, 1);
        return clamped * clamped * (3 - 2 * clamped);
    }

    private static double mix(double from, double to, double share) {
        return from + share * (to - from);
    }

    /** Takes over all of another's state. */
    void copy(NoteShape o) {
        key = o.key;
        cents = o.cents;
        levelDb = o.levelDb;
        noiseDb = o.noiseDb;
        tiltDbPerOctave = o.tiltDbPerOctave;
        attackDb = o.attackDb;
        releaseSeconds = o.releaseSeconds;
        seconds = o.seconds;
        attackSeconds = o.attackSeconds;
        startDb = o.startDb;
        startNoiseDb = o.startNoiseDb;
        bodyDb = o.bodyDb;
        swellDb = o.swellDb;
        swellSeconds = o.swellSeconds;
        wobbleDb = o.wobbleDb;
        bodyTilt = o.bodyTilt;
        delaySeconds = o.delaySeconds;
        rateHz = o.rateHz;
        depthCents = o.depthCents;
        scoopCents = o.scoopCents;
        scoopSeconds = o.scoopSeconds;
        vibratoCycles = o.vibratoCycles;
        vibratoCents = o.vibratoCents;
        fromKey = o.fromKey;
        toKey = o.toKey;
        glideSeconds = o.glideSeconds;
        slurred = o.slurred;
        rateWander = o.rateWander;
        depthWander = o.depthWander;
        pitchWander = o.pitchWander;
        levelWander = o.levelWander;
        driftWander = o.driftWander;
        drift = o.drift;
        random = o.random;
    }
}
