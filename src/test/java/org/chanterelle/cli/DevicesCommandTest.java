package org.chanterelle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

/** What is found depends on the machine; what is told does not. */
class DevicesCommandTest {
    private static final String NO_SERVER = "chanterelle-test-without-server";

    @Test
    void everyDriverAndDeviceIsToldWithTheReasonWhereThereIsNone() {
        Invocation devices = Invocation.of("devices", "--server", NO_SERVER);
        assertThat(devices.exitCode()).isZero();
        assertThat(devices.out()).contains("jack: not available. JACK: ", "javasound:", "file: always there",
                "MIDI inputs beside JACK's: ", "cpu: ", "cuda: ");
    }

    @Test
    void theSameAsJson() {
        Invocation devices = Invocation.of("devices", "--server", NO_SERVER, "--json");
        assertThat(devices.exitCode()).isZero();
        JsonObject object = JsonParser.parseString(devices.out()).getAsJsonObject();
        JsonObject drivers = object.getAsJsonObject("drivers");
        assertThat(drivers.keySet()).containsExactly("jack", "javasound", "file");
        assertThat(drivers.getAsJsonObject("jack").get("available").getAsBoolean()).isFalse();
        assertThat(drivers.getAsJsonObject("jack").get("reason").getAsString()).startsWith("JACK: ");
        assertThat(drivers.getAsJsonObject("javasound").get("cards").isJsonArray()).isTrue();
        assertThat(drivers.getAsJsonObject("file").get("available").getAsBoolean()).isTrue();
        assertThat(object.get("midiInputs").isJsonArray()).isTrue();
        JsonObject compute = object.getAsJsonObject("compute");
        assertThat(compute.getAsJsonObject("cpu").get("processors").getAsInt()).isPositive();
        assertThat(compute.getAsJsonObject("cuda").has("gpus")).isTrue();
    }
}
