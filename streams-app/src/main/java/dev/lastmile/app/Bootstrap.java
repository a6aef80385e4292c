package dev.lastmile.app;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Whether a broker's name can be found. Kafka's clients refuse to be made while none can. */
final class Bootstrap {

    private Bootstrap() {}

    /** Whether at least one of {@code host:port, …} has an address now. */
    static boolean isResolvable(String servers) {
        for (String server : servers.split(",", -1)) {
            String address = server.strip();
            String host = address.substring(0, address.lastIndexOf(':'));
            try {
                InetAddress.getByName(host);
                return true;
            } catch (UnknownHostException e) {
                // The next one may have one.
            }
        }
        return false;
    }
}
