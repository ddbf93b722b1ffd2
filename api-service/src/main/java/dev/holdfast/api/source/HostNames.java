package dev.holdfast.api.source;

import java.net.IDN;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Which texts name one host. */
final class HostNames {
    private static final int MAX_LENGTH = 253;
    private static final Pattern IPV6 = Pattern.compile("([0-9A-Fa-f:.]{2,45})(%[A-Za-z0-9._-]{1,32})?");
    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    /** The underscore is not for host names, but Compose services have it. */
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?");

    private HostNames() {}

    static boolean isPossible(String host) {
        var bare = withoutBrackets(host);
        if (!bare.equals(host) && bare.indexOf(':') < 0) {
            return false;
        }
        if (bare.indexOf(':') >= 0) {
            return isIpv6(bare);
        }
        return NUMERIC.matcher(bare).matches() ? isIpv4(bare) : isName(bare);
    }

    static String withoutBrackets(String host) {
        return host.length() > 2 && host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }

    private static boolean isIpv4(String host) {
        return IPV4.matcher(host).matches() && parses(() -> Inet4Address.ofLiteral(host));
    }

    private static boolean isIpv6(String host) {
        var address = IPV6.matcher(host);
        return address.matches() && parses(() -> Inet6Address.ofLiteral(address.group(1)));
    }

    private static boolean isName(String host) {
        if (host.isEmpty() || host.length() > MAX_LENGTH || host.codePoints().anyMatch(Character::isWhitespace)) {
            return false;
        }
        try {
            var ascii = IDN.toASCII(host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
            return ascii.length() <= MAX_LENGTH
                    && Arrays.stream(ascii.split("\\.", -1))
                            .allMatch(label -> LABEL.matcher(label).matches());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean parses(Runnable parse) {
        try {
            parse.run();
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
