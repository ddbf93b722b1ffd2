package dev.holdfast.common.failure;

/** Who has to act on a failure, and whether waiting helps. */
public enum FailureClass {
    /** It may pass by itself: the worker tries again. */
    RETRY_LATER,
    /** A setting of the source, of the server or of Holdfast is wrong. */
    CHANGE_SETTING,
    /** Something is full. */
    MAKE_ROOM,
    /** A file, a directory, a mount or a database object refuses this user. */
    FIX_PERMISSIONS,
    /** Somebody wanted it so. */
    NOTHING_TO_DO,
    /** It should not happen. */
    REPORT_BUG
}
