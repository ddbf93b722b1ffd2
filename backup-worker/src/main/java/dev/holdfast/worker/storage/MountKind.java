package dev.holdfast.worker.storage;

/** What sort of thing is mounted: decides who can repair it, and from where. */
public enum MountKind {
    NAMED_VOLUME,
    /** A directory of the host, or of another file system of this machine. */
    BIND,
    TMPFS,
    NETWORK,
    /** A volume that Kubernetes has put into the pod. */
    CLAIM,
    /** The container's own layer: what is written there is lost with the container. */
    CONTAINER_LAYER,
    DISK
}
