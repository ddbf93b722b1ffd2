package dev.holdfast.worker.dump;

import dev.holdfast.worker.step.StopSignal;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A tool at work: ends with the run, and never leaves a child behind. */
final class RunningTool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningTool.class);
    /** Time to cancel its queries; after that it is killed, which ends its sessions too. */
    private static final long GRACE_SECONDS = 3;

    private final Process process;
    private final ToolLines lines;
    private final Thread drain;
    private final StopSignal.Hook hook;

    RunningTool(Process process, ToolLines lines, StopSignal stop) {
        this.process = process;
        this.lines = lines;
        this.drain =
                Thread.ofVirtual().name("tool-" + process.pid() + "-stderr").start(this::drain);
        this.hook = stop.onStop(this::endSoon);
    }

    InputStream output() {
        return process.getInputStream();
    }

    /** Whether it ended within the time. */
    boolean endsWithin(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** Waits for the end; after this, everything it said has been heard. */
    int exitCode() throws InterruptedException {
        var code = process.waitFor();
        drain.join();
        return code;
    }

    String complaint() {
        return lines.complaint();
    }

    /** Ends it if it still runs, with its children, and waits until it is gone. */
    @Override
    public void close() {
        hook.close();
        end();
    }

    private void endSoon() {
        Thread.ofVirtual().name("tool-" + process.pid() + "-end").start(this::end);
    }

    private void end() {
        var family = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .filter(ProcessHandle::isAlive)
                .toList();
        family.forEach(ProcessHandle::destroy);
        if (!gone(family)) {
            family.forEach(ProcessHandle::destroyForcibly);
            gone(family);
        }
    }

    private static boolean gone(List<ProcessHandle> family) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
        for (var member : family) {
            var left = deadline - System.nanoTime();
            if (member.isAlive() && (left <= 0 || !endsWithin(member, left))) {
                return false;
            }
        }
        return true;
    }

    private static boolean endsWithin(ProcessHandle process, long nanos) {
        try {
            process.onExit().get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            return !process.isAlive();
        }
    }

    private void drain() {
        try {
            lines.drain(process.getErrorStream());
        } catch (IOException e) {
            LOG.debug("the standard error of tool {} broke off", process.pid(), e);
        }
    }
}
