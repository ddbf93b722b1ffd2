package dev.holdfast.api.live;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Carries new events from the table to the followers, also those that another instance has recorded. One thread and one connection for
 * all of them: PostgreSQL says within milliseconds that there is something, and twice a second it looks even if nothing was said.
 */
@Component
class FeedTail implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(FeedTail.class);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);
    private static final int BATCH = 500;

    private final DataSource dataSource;
    private final LiveFeed feed;
    private final Followers followers;
    private volatile CountDownLatch stopped = new CountDownLatch(0);
    private @Nullable Thread thread;
    private boolean outage;

    FeedTail(DataSource dataSource, LiveFeed feed, Followers followers) {
        this.dataSource = dataSource;
        this.feed = feed;
        this.followers = followers;
    }

    @Override
    public void start() {
        followers.startAt(feed.newestId());
        stopped = new CountDownLatch(1);
        thread = Thread.ofPlatform().daemon().name("live-tail").start(this::run);
    }

    private void run() {
        while (isRunning()) {
            try {
                follow();
            } catch (SQLException | RuntimeException e) {
                // Whatever it is: nobody would see anything any more if this thread ended.
                if (!outage && isRunning()) {
                    LOG.warn("live updates wait for the database: {}", e.toString());
                }
                outage = true;
                pause();
            }
        }
    }

    private void follow() throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.execute("listen " + LiveFeed.CHANNEL);
            outage = false;
            try {
                carry(connection);
            } finally {
                statement.execute("unlisten *");
            }
        }
    }

    private void carry(Connection connection) throws SQLException {
        var notifications = connection.unwrap(PGConnection.class);
        while (isRunning()) {
            var events = feed.after(followers.newestId(), BATCH);
            while (!events.isEmpty()) {
                followers.tell(events);
                events = feed.after(followers.newestId(), BATCH);
            }
            notifications.getNotifications(Math.toIntExact(LONGEST_WAIT.toMillis()));
        }
    }

    private void pause() {
        try {
            stopped.await(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        stopped.countDown();
        var following = thread;
        if (following != null) {
            try {
                following.join(LONGEST_WAIT.multipliedBy(4));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return stopped.getCount() > 0;
    }

    /** Followers end first, the connection pool last. */
    @Override
    public int getPhase() {
        return Followers.DEFAULT_PHASE - 1;
    }
}
