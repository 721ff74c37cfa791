/**
 * The command line: one class a command. What is told goes to standard output (with {@code --json} as one object), progress and
 * errors to standard error.
 *
 * <p>The main thread. May import everything but the internals of drivers.
 */
package org.chanterelle.cli;
