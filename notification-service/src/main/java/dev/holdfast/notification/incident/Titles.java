package dev.holdfast.notification.incident;

import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.notification.text.PlainLine;

/** Says in one line what is wrong and where. */
final class Titles {
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST = 240;

    private Titles() {}

    static String of(Extent extent) {
        if (extent.failure().code() == FailureCode.MESSAGE_PARKED) {
            return PlainLine.of(extent.failure().summary(), LONGEST);
        }
        var sources = extent.sources();
        var what = switch (sources.size()) {
            case 0 -> "no backup can be written";
            case 1 -> "backup of \"" + PlainLine.of(sources.getFirst().name(), LONGEST_NAME) + "\"";
            default -> "backups of " + sources.size() + " sources";
        };
        return PlainLine.of(what + ": " + extent.failure().summary(), LONGEST);
    }
}
