package org.chanterelle.driver.jack;

import java.util.List;
import org.chanterelle.signal.UserError;

/**
 * What a server has to offer, asked without playing.
 *
 * @param sampleRateHz device rate
 * @param bufferFrames frames in a cycle
 * @param sources physical audio ports that sound comes from
 * @param destinations physical audio ports that sound can go to
 * @param midiSources physical MIDI ports that messages come from
 * @param midiDestinations physical MIDI ports that messages can go to
 */
public record JackServer(int sampleRateHz, int bufferFrames, List<String> sources, List<String> destinations,
        List<String> midiSources, List<String> midiDestinations) {

    private static final String NAME = JackSettings.CLIENT_NAME + "-look";

    /**
     * Looks at a server.
     *
     * @param server null for the default one
     * @throws UserError when libjack is missing or the server does not answer
     */
    public static JackServer look(String server) {
        long client = JackClient.connect(NAME, server);
        try {
            return new JackServer(LibJack.SAMPLE_RATE.callInt(client), LibJack.BUFFER_SIZE.callInt(client),
                    physical(client, LibJack.PORT_IS_OUTPUT, LibJack.AUDIO_TYPE),
                    physical(client, LibJack.PORT_IS_INPUT, LibJack.AUDIO_TYPE),
                    physical(client, LibJack.PORT_IS_OUTPUT, LibJack.MIDI_TYPE),
                    physical(client, LibJack.PORT_IS_INPUT, LibJack.MIDI_TYPE));
        } finally {
            OpenClients.close(client);
        }
    }

    /** Whether there is a server; none is started. */
    static boolean answers(String server) {
        try {
            long client = JackClient.connect(NAME, server);
            OpenClients.close(client);
            return true;
        } catch (UserError e) {
            return false;
        }
    }

    /** Full names of the physical ports in one direction. */
    static List<String> physical(long client, int direction, String type) {
        return LibJack.takeNames(LibJack.GET_PORTS.callLong(client, null, type, (long) (LibJack.PORT_IS_PHYSICAL | direction)));
    }
}
