/**
 * Where sound and MIDI come from and go to: one contract, and a package for each kind of driver. Only {@code driver.jack} calls
 * native code. Imports rt and signal.
 */
package org.chanterelle.driver;
