package dev.holdfast.worker.run;

import dev.holdfast.common.id.Uuids;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** By which name this worker signs what it does; the same for the whole life of the process. */
record WorkerName(String value) {

    static WorkerName of(RunSettings settings) {
        var configured = settings.workerName();
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
