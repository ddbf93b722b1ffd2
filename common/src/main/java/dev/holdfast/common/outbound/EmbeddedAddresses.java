package dev.holdfast.common.outbound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The IPv4 addresses that an IPv6 address leads to by way of a translator, a tunnel or a mapping; there may be several readings. */
final class EmbeddedAddresses {
    private static final Network COMPATIBLE = Network.of("::/96");
    private static final Network TRANSLATED = Network.of("0:0:0:0:ffff:0:0:0/96");
    private static final Network NAT64 = Network.of("64:ff9b::/96");
    private static final Network LOCAL_NAT64 = Network.of("64:ff9b:1::/48");
    private static final Network SIX_TO_FOUR = Network.of("2002::/16");
    private static final Network TEREDO = Network.of("2001::/32");
    private static final int LAST = 12;

    private EmbeddedAddresses() {}

    static List<byte[]> of(byte[] v6) {
        var found = new ArrayList<byte[]>();
        if (isMapped(v6) || isCompatible(v6) || TRANSLATED.contains(v6) || NAT64.contains(v6) || isIsatap(v6)) {
            found.add(at(v6, LAST));
        }
        if (LOCAL_NAT64.contains(v6)) {
            // RFC 6052: by the length of the prefix, after 48, 56, 64 or 96 bits; the byte in the middle is left out.
            found.add(new byte[] {v6[6], v6[7], v6[9], v6[10]});
            found.add(new byte[] {v6[7], v6[9], v6[10], v6[11]});
            found.add(at(v6, 9));
            found.add(at(v6, LAST));
        }
        if (SIX_TO_FOUR.contains(v6)) {
            found.add(at(v6, 2));
        }
        if (TEREDO.contains(v6)) {
            found.add(at(v6, 4));
            found.add(inverted(at(v6, LAST)));
        }
        return found;
    }

    /** Java makes IPv4 addresses of these, but for those that are made by hand. */
    private static boolean isMapped(byte[] v6) {
        return Arrays.equals(v6, 0, 10, new byte[10], 0, 10) && v6[10] == (byte) 0xff && v6[11] == (byte) 0xff;
    }

    /** Not :: and ::1, which are addresses of their own. */
    private static boolean isCompatible(byte[] v6) {
        return COMPATIBLE.contains(v6) && (v6[LAST] != 0 || v6[13] != 0 || v6[14] != 0 || (v6[15] & 0xfe) != 0);
    }

    private static boolean isIsatap(byte[] v6) {
        return (v6[8] & 0xfd) == 0 && v6[9] == 0 && v6[10] == 0x5e && v6[11] == (byte) 0xfe;
    }

    private static byte[] at(byte[] v6, int from) {
        return Arrays.copyOfRange(v6, from, from + 4);
    }

    private static byte[] inverted(byte[] v4) {
        for (int i = 0; i < v4.length; i++) {
            v4[i] = (byte) ~v4[i];
        }
        return v4;
    }
}
