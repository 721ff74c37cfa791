package org.chanterelle.inference;

/** Where networks run while playing. */
public enum ComputeDevice {
    /** The Vector API, on the inference thread. */
    CPU,
    /** DJL, on the first GPU. */
    CUDA
}
