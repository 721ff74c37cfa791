package org.chanterelle.driver.jack;

/** The client and its ports, as pointers. */
record JackPorts(long client, long in, long midiIn, long left, long right, long midiOut) {}
