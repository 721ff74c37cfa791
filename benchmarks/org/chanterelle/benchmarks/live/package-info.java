/**
 * The live test bench: starts a sound server of its own, our client, FluidSynth and the C client of {@code native/} as processes of their own,
 * and measures from outside. Run by {@code benchmarks/live}; docs/decisions/085-live-bench.md says how it measures.
 */
package org.chanterelle.benchmarks.live;
