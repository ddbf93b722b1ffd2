package dev.holdfast.worker.place;

import dev.holdfast.common.id.Uuids;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** By which name this worker signs what it does; the same for the whole life of the process. */
public record WorkerName(String value) {

    /** The configured name, or the host's with something random after it where none is. */
    public static WorkerName of(@Nullable String configured) {
        return new WorkerName(configured == null ? hostName() + "-" + randomSuffix() : configured);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "worker";
        }
    }

    /** Two workers may share a host name, as containers of one service do on some hosts. */
    private static String randomSuffix() {
        var text = Uuids.next().toString();
        return text.substring(text.length() - 6);
    }
}
