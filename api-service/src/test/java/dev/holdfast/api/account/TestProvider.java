package dev.holdfast.api.account;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * An OpenID Connect provider (authorization code flow) at which somebody is signed in already. Its keys and tokens are made by the JDK
 * alone (RFC 7515, 7517), so that no library reads what it wrote itself.
 */
public final class TestProvider implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final KeyPair key;
    private String nonce = "";
    private String subject = "1";
    private String name = "Ada";
    private List<String> groups = List.of();

    public TestProvider() throws IOException, GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        key = generator.generateKeyPair();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, discovery()));
        server.createContext("/keys", exchange -> answer(exchange, keys()));
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", exchange -> answer(exchange, token()));
        server.start();
    }

    /** Under a name, so that to a browser it is another site than what is at an address of this machine. */
    public String issuer() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Who comes by from now on. */
    public void somebody(String newSubject, String newName, String... newGroups) {
        subject = newSubject;
        name = newName;
        groups = List.of(newGroups);
    }

    private Map<String, Object> discovery() {
        return Map.of(
                "issuer", issuer(),
                "authorization_endpoint", issuer() + "/authorize",
                "token_endpoint", issuer() + "/token",
                "jwks_uri", issuer() + "/keys",
                "response_types_supported", List.of("code"),
                "subject_types_supported", List.of("public"),
                "id_token_signing_alg_values_supported", List.of("RS256"));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        var query = new HashMap<String, String>();
        for (var pair : exchange.getRequestURI().getRawQuery().split("&")) {
            var parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        nonce = query.get("nonce");
        exchange.getResponseHeaders()
                .set(
                        "Location",
                        query.get("redirect_uri") + "?code=c&state="
                                + query.get("state").replace("=", "%3D"));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private Map<String, Object> keys() {
        var open = (RSAPublicKey) key.getPublic();
        return Map.of(
                "keys",
                List.of(Map.of(
                        "kty",
                        "RSA",
                        "kid",
                        "1",
                        "use",
                        "sig",
                        "alg",
                        "RS256",
                        "n",
                        unsigned(open.getModulus()),
                        "e",
                        unsigned(open.getPublicExponent()))));
    }

    private Map<String, Object> token() {
        long now = Instant.now().getEpochSecond();
        var claims = Map.of(
                "iss", issuer(),
                "sub", subject,
                "aud", "holdfast",
                "iat", now,
                "exp", now + 300,
                "nonce", nonce,
                "preferred_username", name,
                "groups", groups);
        return Map.of("access_token", "a", "token_type", "Bearer", "expires_in", 300, "id_token", signed(claims));
    }

    private String signed(Map<String, Object> claims) {
        var content = base64(JSON.writeValueAsBytes(Map.of("alg", "RS256", "kid", "1"))) + "."
                + base64(JSON.writeValueAsBytes(claims));
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String unsigned(BigInteger number) {
        var bytes = number.toByteArray();
        return base64(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static void answer(HttpExchange exchange, Map<String, Object> body) throws IOException {
        var bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
