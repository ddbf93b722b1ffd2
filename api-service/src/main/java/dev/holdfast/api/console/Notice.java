package dev.holdfast.api.console;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a page says after something was done: {@code ?done=…} in the address it is redirected to. No session is needed for it, and
 * nobody can put words of their own into the page.
 */
public enum Notice {
    BACKUP_REQUESTED("The backup is requested. It starts as soon as a worker takes it."),
    BACKUP_RETRIED("The backup is requested again."),
    BACKUP_CANCELLED("The worker is told to stop this backup."),
    PASSWORD_SET("The password is set. Sign in with it."),
    ACCOUNT_CHANGED("The account is changed. Whoever was signed in with it signs in again."),
    ACCOUNT_DELETED("The account and its tokens are deleted."),
    TOKEN_REVOKED("The token is revoked."),
    SOURCE_ADDED("The database is added. Take its first backup when you like."),
    SOURCE_CHANGED("The change is stored. It counts from the next backup on."),
    SOURCE_PAUSED("The source is paused: new backups of it are refused."),
    SOURCE_RESUMED("The source takes backups again."),
    SOURCE_DELETED("The source is deleted. Its backups stay."),
    MESSAGE_REPLAYED("The message is back in its queue."),
    MESSAGE_DISCARDED("The message is deleted for good.");

    private final String text;

    Notice(String text) {
        this.text = text;
    }

    /** The value of the parameter. */
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** An address with this notice on it. */
    public String on(String path) {
        return path + (path.indexOf('?') < 0 ? "?" : "&") + "done=" + code();
    }

    static Optional<String> text(String code) {
        return Arrays.stream(values())
                .filter(notice -> notice.code().equals(code))
                .map(notice -> notice.text)
                .findFirst();
    }
}
