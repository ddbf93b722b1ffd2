package dev.holdfast.api.source;

import dev.holdfast.api.document.Documents;
import dev.holdfast.api.web.PageRequest;
import dev.holdfast.common.event.SealedSecret;
import dev.holdfast.common.event.SourceConnection;
import dev.holdfast.common.event.SslMode;
import dev.holdfast.common.id.SourceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** The sources in the database. */
@Repository
public class Sources {
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");

    private final JdbcClient jdbc;
    private final Documents documents;

    Sources(JdbcClient jdbc, Documents documents) {
        this.jdbc = jdbc;
        this.documents = documents;
    }

    /** The id that a text is, where it is one and not a name. */
    public static Optional<UUID> idIn(String text) {
        return UUID_TEXT.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    /** One source, as it is now. */
    public Optional<Source> find(SourceId id) {
        return jdbc.sql("select * from source where id = :id")
                .param("id", id.value())
                .query(this::source)
                .optional();
    }

    /** One source by its id or, failing that, its name; it can't be deleted before the transaction ends. */
    public Optional<Source> keep(String idOrName) {
        return jdbc.sql("""
                        select * from source where id = :id or name = :name
                        order by id = :id desc limit 1 for key share
                        """)
                .param("id", idIn(idOrName).orElseGet(() -> new UUID(0, 0)))
                .param("name", idOrName)
                .query(this::source)
                .optional();
    }

    /** One source by its id; it can't be deleted before the transaction ends. */
    public Optional<Source> keep(SourceId id) {
        return jdbc.sql("select * from source where id = :id for key share")
                .param("id", id.value())
                .query(this::source)
                .optional();
    }

    /**
     * A part of them, by name.
     *
     * @param text what name, host or database must have in it, in whatever case; absent for all
     * @param after the name that the part before ended with, whether there still is such a source; absent for the first part
     */
    public List<Source> byName(@Nullable String text, @Nullable String after, int limit) {
        return jdbc.sql("""
                        select * from source
                        where (cast(:text as text) is null
                                or strpos(lower(concat_ws(' ', name, host, database_name)), lower(cast(:text as text))) > 0)
                            and (cast(:after as text) is null
                                or (lower(name), name) > (lower(cast(:after as text)), cast(:after as text)))
                        order by lower(name), name limit :limit
                        """)
                .param("text", text)
                .param("after", after)
                .param("limit", limit)
                .query(this::source)
                .list();
    }

    /** The ids of all that there are. */
    public Set<UUID> ids() {
        return Set.copyOf(jdbc.sql("select id from source").query(UUID.class).list());
    }

    /** The one that was made last. */
    public Optional<Source> newest() {
        return jdbc.sql("select * from source order by created_at desc, id desc limit 1")
                .query(this::source)
                .optional();
    }

    List<Source> list(PageRequest page) {
        return jdbc.sql("select * from source where id > :after order by id limit :limit")
                .param("after", page.after() == null ? new UUID(0, 0) : page.after())
                .param("limit", page.fetch())
                .query(this::source)
                .list();
    }

    /** @throws org.springframework.dao.DuplicateKeyException when another source has the name */
    void insert(Source source) {
        bind(jdbc.sql("""
                        insert into source (id, name, host, port, database_name, username, ssl_mode, media_paths,
                            sealed_password, password_set, paused, version, created_at, updated_at)
                        values (:id, :name, :host, :port, :database, :username, :sslMode, :mediaPaths::json,
                            :sealedPassword, :passwordSet, :paused, :version, :createdAt, :updatedAt)
                        """), source)
                .param("createdAt", Timestamp.from(source.createdAt()))
                .update();
    }

    /** @throws org.springframework.dao.DuplicateKeyException when another source has the name */
    void update(Source source) {
        bind(jdbc.sql("""
                        update source set name = :name, host = :host, port = :port, database_name = :database,
                            username = :username, ssl_mode = :sslMode, media_paths = :mediaPaths::json,
                            sealed_password = :sealedPassword, password_set = :passwordSet, paused = :paused,
                            version = :version, updated_at = :updatedAt
                        where id = :id
                        """), source).update();
    }

    /** Waits for those who keep it, and keeps new ones out. */
    Optional<Source> lock(SourceId id) {
        return jdbc.sql("select * from source where id = :id for update")
                .param("id", id.value())
                .query(this::source)
                .optional();
    }

    void delete(SourceId id) {
        jdbc.sql("delete from source where id = :id").param("id", id.value()).update();
    }

    private JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, Source source) {
        var connection = source.connection();
        return statement
                .param("id", source.id().value())
                .param("name", source.name())
                .param("host", connection.host())
                .param("port", connection.port())
                .param("database", connection.database())
                .param("username", connection.username())
                .param("sslMode", connection.sslMode().name())
                .param("mediaPaths", documents.text(source.mediaPaths()))
                .param("sealedPassword", source.sealedPassword().ciphertext())
                .param("passwordSet", source.passwordSet())
                .param("paused", source.paused())
                .param("version", source.version())
                .param("updatedAt", Timestamp.from(source.updatedAt()));
    }

    private Source source(ResultSet row, int number) throws SQLException {
        var connection = new SourceConnection(
                row.getString("host"),
                row.getInt("port"),
                row.getString("database_name"),
                row.getString("username"),
                SslMode.valueOf(row.getString("ssl_mode")));
        return new Source(
                new SourceId(row.getObject("id", UUID.class)),
                row.getString("name"),
                connection,
                Objects.requireNonNull(documents.read(row.getString("media_paths"), TEXTS)),
                new SealedSecret(row.getString("sealed_password")),
                row.getBoolean("password_set"),
                row.getBoolean("paused"),
                row.getInt("version"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }
}
