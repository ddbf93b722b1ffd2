package dev.holdfast.worker.storage;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where backups are kept.
 *
 * @param root made where it is missing and its parent allows it
 */
@ConfigurationProperties("holdfast.storage")
record StorageProperties(@DefaultValue("/app/backups") Path root) {}
