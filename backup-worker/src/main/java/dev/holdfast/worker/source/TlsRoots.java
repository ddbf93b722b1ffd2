package dev.holdfast.worker.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The certificate authorities that a source's server is checked against: one answer for the driver and for pg_dump. */
@Component
public class TlsRoots {
    /** Debian, Red Hat, Alpine and macOS, as their ca-certificates packages lay it out. */
    private static final List<Path> SYSTEM = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/cert.pem"));

    private final SourceSettings settings;

    TlsRoots(SourceSettings settings) {
        this.settings = settings;
    }

    /** The PEM file to trust, or nothing where the machine has none. */
    public Optional<Path> file() {
        if (settings.tlsRootCertificates() != null) {
            return Optional.of(settings.tlsRootCertificates());
        }
        var ofUser = Path.of(System.getProperty("user.home", "/"), ".postgresql", "root.crt");
        return Stream.concat(Stream.of(ofUser), SYSTEM.stream())
                .filter(Files::isReadable)
                .findFirst();
    }
}
