package org.chanterelle.driver.jack;

/**
 * How to appear at a JACK server.
 *
 * @param clientName the name to ask for; the server may make it unique
 * @param server the server's name, or null for the default one
 * @param connect whether to connect to the physical audio ports at the start
 * @param followTransport whether blocks say if JACK's transport rolls; otherwise they always say that it does
 */
public record JackSettings(String clientName, String server, boolean connect, boolean followTransport) {
    /** The name that other programs know. */
    public static final String CLIENT_NAME = "chanterelle";

    /** Default name and server, nothing connected, transport ignored. */
    public JackSettings() {
        this(CLIENT_NAME, null, false, false);
    }

    /** Under another name. */
    public JackSettings withClientName(String name) {
        return new JackSettings(name, server, connect, followTransport);
    }

    /** At another server. */
    public JackSettings withServer(String name) {
        return new JackSettings(clientName, name, connect, followTransport);
    }

    /** With or without connections to the physical audio ports. */
    public JackSettings withConnect(boolean connects) {
        return new JackSettings(clientName, server, connects, followTransport);
    }

    /** With or without the transport. */
    public JackSettings withFollowTransport(boolean follows) {
        return new JackSettings(clientName, server, connect, follows);
    }
}
