package dev.holdfast.common.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A range of addresses of one family, such as {@code 10.0.0.0/8} or {@code fd00::/8}.
 *
 * @param text as it was written
 * @param bits how many leading bits are the same in all of it
 */
record Network(String text, byte[] address, int bits) {
    /** A literal, so that nothing is ever looked up for it. */
    private static final Pattern LITERAL =
            Pattern.compile("(\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(/\\d{1,3})?");

    /**
     * Reads a network; an address alone is a network of one.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static Network of(String text) {
        var stripped = text.strip();
        if (!LITERAL.matcher(stripped).matches()) {
            throw none(text);
        }
        var slash = stripped.indexOf('/');
        var address = literal(slash < 0 ? stripped : stripped.substring(0, slash), text);
        int most = address.length * Byte.SIZE;
        int bits = slash < 0 ? most : Integer.parseInt(stripped.substring(slash + 1));
        if (bits > most) {
            throw none(text);
        }
        return new Network(stripped, address, bits);
    }

    boolean contains(byte[] other) {
        if (other.length != address.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (other[i] != address[i]) {
                return false;
            }
        }
        int rest = bits % Byte.SIZE;
        int mask = 0xff << (Byte.SIZE - rest) & 0xff;
        return rest == 0 || (other[whole] & mask) == (address[whole] & mask);
    }

    private static byte[] literal(String literal, String text) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw none(text);
        }
    }

    private static IllegalArgumentException none(String text) {
        return new IllegalArgumentException("'" + text + "' is no network such as 10.0.0.0/8 or fd00::/8");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Network network && network.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
