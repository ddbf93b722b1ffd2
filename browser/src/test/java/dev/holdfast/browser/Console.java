package dev.holdfast.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.holdfast.api.account.TestProvider;
import dev.holdfast.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;

/** The console of one running product, with a browser to look at it, and a database to back up. For all tests of this module. */
final class Console implements AutoCloseable {
    /** A small database on {@link #server()}. */
    static final String DATABASE = "shop";

    static final String ADMINISTRATOR = "Ada";
    static final String PASSWORD = "the password of the administrator";

    private final Path directory;
    private final EmbeddedPostgres server;
    private final TestProvider provider;
    private final Product product;
    private final Playwright playwright;
    private final Browser browser;
    private String session = "";

    private Console(
            Path directory,
            EmbeddedPostgres server,
            TestProvider provider,
            Product product,
            Playwright playwright,
            Browser browser) {
        this.directory = directory;
        this.server = server;
        this.provider = provider;
        this.product = product;
        this.playwright = playwright;
        this.browser = browser;
    }

    static Console start(Path chromium) throws IOException, SQLException, GeneralSecurityException {
        // Not in the machine's temporary directory, which others clean up.
        var target = Files.createDirectories(Path.of("target")).toRealPath();
        var directory = Files.createTempDirectory(target, "product");
        var server = EmbeddedPostgres.temporary();
        server.createDatabase(DATABASE);
        try (var connection = server.dataSource(DATABASE).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    create table item (id int primary key, name text not null, picture bytea);
                    insert into item select n, 'item ' || n, sha256(n::text::bytea) from generate_series(1, 2000) n;
                    create table flyway_schema_history (installed_rank int primary key, version text, description text,
                        type text, script text, checksum int, installed_by text, installed_on timestamp default now(),
                        execution_time int, success boolean);
                    insert into flyway_schema_history (installed_rank, version, description, type, script, success)
                        values (1, '1', 'first', 'SQL', 'V1__first.sql', true);
                    """);
        }
        var provider = new TestProvider();
        var product = Product.start(
                directory.resolve("data"),
                Map.of(
                        "HOLDFAST_ACCESS_OIDC_ISSUER", provider.issuer(),
                        "HOLDFAST_ACCESS_OIDC_CLIENTID", "holdfast",
                        "HOLDFAST_ACCESS_OIDC_CLIENTSECRET", "s",
                        "HOLDFAST_ACCESS_OIDC_NAME", "Example Inc.",
                        "HOLDFAST_ACCESS_OIDC_OPERATORS", "ops"));
        var playwright = Chromium.playwright();
        var console =
                new Console(directory, server, provider, product, playwright, Chromium.launch(playwright, chromium));
        try {
            console.signIn();
            return console;
        } catch (IOException | RuntimeException | AssertionError e) {
            console.close();
            throw e;
        }
    }

    /** Makes the first administrator as a person does, whose session every visit has. */
    private void signIn() throws IOException {
        try (var visit = stranger(Look.values()[0])) {
            var page = visit.open(
                    Files.readString(product.data().resolve("keys/first-run")).strip());
            visit.inspect("first-run");
            page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill(ADMINISTRATOR);
            page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
                    .fill(PASSWORD);
            page.getByLabel("The same password again").fill(PASSWORD);
            page.getByText("Make me the administrator").click();
            page.waitForURL(address -> !address.contains("first-run"));
            session = visit.session();
        }
    }

    /** A browser window of its own, signed in. */
    Visit visit(Look look) {
        return new Visit(browser, product.address(), look, session);
    }

    /** The same at another product. */
    Visit stranger(Look look, Product other) {
        return new Visit(browser, other.address(), look, "");
    }

    /** A browser window of somebody who has not signed in. */
    Visit stranger(Look look) {
        return new Visit(browser, product.address(), look, "");
    }

    /** REST as an administrator. */
    Rest rest() {
        try {
            var token =
                    Files.readString(product.data().resolve("keys/local-token")).strip();
            return new Rest(product.address(), token);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Product product() {
        return product;
    }

    /** Where people of another house sign in, who then come in here. */
    TestProvider provider() {
        return provider;
    }

    /** Where the databases to back up are. */
    EmbeddedPostgres server() {
        return server;
    }

    /** A source of {@link #DATABASE} that can be backed up; returns its id. */
    String source(String name) {
        return rest().source(name, server, DATABASE, server.password());
    }

    @Override
    public void close() throws IOException {
        browser.close();
        playwright.close();
        product.close();
        provider.close();
        server.close();
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
