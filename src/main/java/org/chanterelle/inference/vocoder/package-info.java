/**
 * The neural vocoders in plain vector code, the live twins of {@code model.vocoder}.
 *
 * <p>Any one thread; nothing is allocated after the constructors unless a method says so. May import what inference may.
 */
package org.chanterelle.inference.vocoder;
