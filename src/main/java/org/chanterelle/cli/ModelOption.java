package org.chanterelle.cli;

import org.chanterelle.model.ModelFolder;
import picocli.CommandLine.Option;

/** {@code --model}. */
final class ModelOption {
    @Option(names = "--model", paramLabel = "NAME", defaultValue = "violin", description = "A model's name, or the path of its folder (default: ${DEFAULT-VALUE}).")
    private String name;

    /** Loads it. */
    ModelFolder load() {
        return Home.model(name);
    }
}
