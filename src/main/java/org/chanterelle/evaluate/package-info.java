/**
 * How good it is: metrics, baselines, reports and pictures, for {@code evaluate} and the tests.
 *
 * <p>Offline, any thread; nothing here runs while music plays. May import every package but driver, live and ui.
 */
package org.chanterelle.evaluate;
