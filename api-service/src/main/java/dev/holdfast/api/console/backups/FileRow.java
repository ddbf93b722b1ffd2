package dev.holdfast.api.console.backups;

import dev.holdfast.api.backup.BackupView;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.web.util.UriUtils;

/** A file of a backup, with the address of its download. */
record FileRow(String file, long sizeBytes, String sha256, String address) {

    static List<FileRow> of(BackupView backup) {
        return backup.artifacts().stream()
                .map(artifact -> new FileRow(
                        artifact.file(),
                        artifact.sizeBytes(),
                        artifact.sha256(),
                        address(backup.id(), artifact.file())))
                .toList();
    }

    static String address(UUID backup, String file) {
        return Arrays.stream(file.split("/", -1))
                .map(part -> UriUtils.encodePathSegment(part, StandardCharsets.UTF_8))
                .collect(Collectors.joining("/", "/api/v1/backups/" + backup + "/artifacts/", ""));
    }
}
