package dev.holdfast.api.console.sources;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Amounts in the order of time, as the points of a line in an SVG of {@value #WIDTH} by {@value #HEIGHT}; zero is its lower edge. */
public final class Trend {
    /** Of the picture. */
    public static final int WIDTH = 240;

    /** Of the picture. */
    public static final int HEIGHT = 48;

    /** Half a line's width and half a dot's, so that neither is cut off. */
    private static final int EDGE = 3;

    private final List<Long> amounts;
    private final long greatest;

    private Trend(List<Long> amounts) {
        this.amounts = amounts;
        this.greatest = amounts.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    static Trend of(List<Long> amounts) {
        return new Trend(List.copyOf(amounts));
    }

    /** Whether there is a line: one point is none. */
    public boolean isDrawn() {
        return amounts.size() > 1;
    }

    public int count() {
        return amounts.size();
    }

    public long first() {
        return amounts.getFirst();
    }

    public long last() {
        return amounts.getLast();
    }

    public long greatest() {
        return greatest;
    }

    /** The points of the line. */
    public String line() {
        return IntStream.range(0, amounts.size())
                .mapToObj(at -> String.format(Locale.ROOT, "%.1f,%.1f", x(at), y(amounts.get(at))))
                .collect(Collectors.joining(" "));
    }

    /** The points of what is below the line. */
    public String area() {
        return "%d,%d %s %d,%d".formatted(EDGE, HEIGHT, line(), WIDTH - EDGE, HEIGHT);
    }

    public double endX() {
        return x(amounts.size() - 1);
    }

    public double endY() {
        return y(last());
    }

    private double x(int at) {
        return EDGE + (double) at * (WIDTH - 2 * EDGE) / Math.max(1, amounts.size() - 1);
    }

    private double y(long amount) {
        double share = greatest == 0 ? 0 : (double) amount / greatest;
        return HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE);
    }
}
