package org.chanterelle.cli;

import java.nio.file.Path;
import org.chanterelle.driver.Driver;
import org.chanterelle.driver.jack.JackDriver;
import org.chanterelle.driver.jack.JackSettings;
import org.chanterelle.driver.javasound.JavaSoundDriver;
import org.chanterelle.driver.javasound.JavaSoundSettings;
import org.chanterelle.live.InputStore;
import org.chanterelle.signal.UserError;
import picocli.CommandLine.Option;

/** Which driver, and how it appears. */
final class DriverOptions {
    /** Where calibrations are kept, below the user's home. */
    private static final String INPUTS = ".config/chanterelle/inputs.json";

    @Option(names = "--driver", paramLabel = "jack|javasound|file", description = "Default: jack if a server answers, else javasound.")
    private String driver;

    @Option(names = "--connect", description = "Connects to the physical audio ports (JACK).")
    private boolean connect;

    @Option(names = "--name", paramLabel = "CLIENT", defaultValue = JackSettings.CLIENT_NAME, description = "Name among JACK's clients (default: ${DEFAULT-VALUE}).")
    private String name;

    @Option(names = "--server", paramLabel = "NAME", description = "JACK server (default: the default one).")
    private String server;

    @Option(names = "--follow-transport", description = "Records only while JACK's transport rolls.")
    private boolean followTransport;

    @Option(names = "--input-name", paramLabel = "NAME", description = "Which input, for its calibration (default: the driver's name).")
    private String inputName;

    /** Whether it is the file driver. */
    boolean isFile() {
        return "file".equals(driver);
    }

    /** Makes the driver; it is opened when it starts. */
    Driver open() {
        return switch (kind()) {
            case "jack" -> new JackDriver(new JackSettings(name, server, connect, followTransport));
            case "javasound" -> new JavaSoundDriver(JavaSoundSettings.DEFAULT);
            default -> throw new UserError("--driver " + driver + ": expected jack, javasound or file.");
        };
    }

    /** Where calibrations are kept. */
    static InputStore inputs() {
        return new InputStore(Path.of(System.getProperty("user.home"), INPUTS));
    }

    /** The name under which this input's calibration is kept. */
    String input() {
        return inputName != null ? inputName : kind();
    }

    private String kind() {
        if (driver != null) {
            return driver;
        }
        if (JackDriver.serverAnswers(server)) {
            return "jack";
        }
        if (server != null) {
            throw new UserError("--server " + server + ": no JACK server of this name answers. Start it: jackd -n " + server
                    + " -d alsa.");
        }
        return "javasound";
    }
}
