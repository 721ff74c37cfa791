/**
 * Learns how notes are shaped: finds the notes of recordings in their pitch and loudness curves at 5 ms, measures each, and writes what
 * was measured as a model of expression. Offline; imports what {@code train} may.
 */
package org.chanterelle.train.expression;
