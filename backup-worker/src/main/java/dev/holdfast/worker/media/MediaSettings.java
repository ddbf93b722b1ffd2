package dev.holdfast.worker.media;

import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What goes into no archive.
 *
 * @param leaveOut directories of Holdfast's own, such as that of its keys: whoever may download an archive would have them; none that
 *     is missing matters
 */
@ConfigurationProperties("holdfast.media")
record MediaSettings(@DefaultValue("/app/keys") List<Path> leaveOut) {}
