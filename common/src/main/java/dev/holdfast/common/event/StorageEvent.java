package dev.holdfast.common.event;

/**
 * A change in whether the volume of the backups can be used. All workers of an installation share one root, so the root is what
 * such an event is about, whichever worker noticed it.
 */
public sealed interface StorageEvent extends HoldfastEvent permits StorageFailed, StorageRecovered {

    /** The worker that noticed. */
    String worker();

    /** The directory below which backups lie, as the worker sees it; absolute. */
    String root();

    @Override
    default String subject() {
        return root();
    }
}
