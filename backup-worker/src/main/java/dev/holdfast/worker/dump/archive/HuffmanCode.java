package dev.holdfast.worker.dump.archive;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Makes the codes for {@link HuffmanDeflate}: frequent symbols get short ones, and none is longer than deflate allows. */
final class HuffmanCode {
    private static final int LONGEST = 15;

    private HuffmanCode() {}

    /** @return the length of each symbol's code, 0 for a symbol that does not occur; at least two must occur */
    static int[] lengths(int[] frequencies) {
        var flattened = frequencies.clone();
        while (true) {
            var lengths = unlimitedLengths(flattened);
            if (longest(lengths) <= LONGEST) {
                return lengths;
            }
            for (int i = 0; i < flattened.length; i++) {
                flattened[i] = (flattened[i] + 1) / 2;
            }
        }
    }

    /** The canonical codes of these lengths, first bit lowest, as deflate writes them. */
    static int[] reversedCodes(int[] lengths) {
        var next = new int[LONGEST + 2];
        for (int length : lengths) {
            if (length > 0) {
                next[length + 1]++;
            }
        }
        for (int length = 1; length < next.length; length++) {
            next[length] = (next[length] + next[length - 1]) << 1;
        }
        var codes = new int[lengths.length];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] > 0) {
                codes[symbol] = Integer.reverse(next[lengths[symbol]]++) >>> Integer.SIZE - lengths[symbol];
            }
        }
        return codes;
    }

    private static int[] unlimitedLengths(int[] frequencies) {
        var parents = new int[frequencies.length * 2];
        var nodes =
                new PriorityQueue<Node>(Comparator.comparingInt(Node::frequency).thenComparingInt(Node::number));
        for (int symbol = 0; symbol < frequencies.length; symbol++) {
            if (frequencies[symbol] > 0) {
                nodes.add(new Node(symbol, frequencies[symbol]));
            }
        }
        int number = frequencies.length;
        while (nodes.size() > 1) {
            var left = nodes.remove();
            var right = nodes.remove();
            parents[left.number] = number;
            parents[right.number] = number;
            nodes.add(new Node(number++, left.frequency + right.frequency));
        }
        var lengths = new int[frequencies.length];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            for (int node = symbol; parents[node] != 0; node = parents[node]) {
                lengths[symbol]++;
            }
        }
        return lengths;
    }

    private static int longest(int[] lengths) {
        int longest = 0;
        for (int length : lengths) {
            longest = Math.max(longest, length);
        }
        return longest;
    }

    private record Node(int number, int frequency) {}
}
