/**
 * Adapters from the published test vectors to the classes that the product runs, and nothing more: a convention that differs between
 * publications is a parameter of the class, never a second implementation here.
 *
 * <p>Offline, any thread. May import every package but driver, live and ui.
 */
package org.chanterelle.evaluate.conformance;
