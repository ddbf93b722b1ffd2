package dev.holdfast.worker.dump.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes custom-format archives by hand, right ones and wrong ones. */
final class CustomArchive {
    final ByteArrayOutputStream head = new ByteArrayOutputStream();
    final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    final ByteArrayOutputStream blocks = new ByteArrayOutputStream();
    private final List<Integer> numbers = new ArrayList<>();

    /** As pg_dump 15 begins. */
    static CustomArchive begun() {
        return begun(new int[] {1, 14, 0}, 1, 0);
    }

    static CustomArchive begun(int[] version, int format, int compression) {
        var archive = new CustomArchive();
        archive.head.writeBytes("PGDMP".getBytes(StandardCharsets.US_ASCII));
        for (int part : version) {
            archive.head.write(part);
        }
        archive.head.write(4);
        archive.head.write(8);
        archive.head.write(format);
        number(archive.head, compression);
        for (int time : new int[] {2, 3, 23, 23, 10, 126, 0}) {
            number(archive.head, time);
        }
        string(archive.head, "shop");
        string(archive.head, "15.19");
        string(archive.head, "15.18 (Debian 15.18-0+deb12u1)");
        return archive;
    }

    CustomArchive entry(int dumpId, String description, boolean hasData) {
        numbers.add(dumpId);
        number(entries, dumpId);
        number(entries, hasData ? 1 : 0);
        string(entries, "1259");
        string(entries, "16385");
        string(entries, "a tag with ü, \" and\nmore");
        string(entries, description);
        number(entries, 3);
        string(entries, "create table …".repeat(1000));
        string(entries, null);
        string(entries, "COPY public.a (i) FROM stdin;\n");
        string(entries, "public");
        string(entries, "");
        string(entries, "heap");
        string(entries, "postgres");
        string(entries, "false");
        string(entries, "215");
        string(entries, null);
        entries.write(hasData ? 1 : 3);
        entries.writeBytes(new byte[8]);
        return this;
    }

    CustomArchive table(int dumpId) {
        return entry(dumpId, "TABLE DATA", true);
    }

    CustomArchive data(int type, int dumpId, byte[]... pieces) {
        blocks.write(type);
        number(blocks, dumpId);
        pieces(pieces);
        return this;
    }

    CustomArchive data(int dumpId, byte[]... pieces) {
        return data(1, dumpId, pieces);
    }

    CustomArchive largeObjects(int dumpId, Map<Integer, byte[]> objects) {
        blocks.write(3);
        number(blocks, dumpId);
        objects.forEach((number, bytes) -> {
            number(blocks, number);
            pieces(bytes);
        });
        number(blocks, 0);
        return this;
    }

    byte[] bytes() {
        var all = new ByteArrayOutputStream();
        all.writeBytes(head.toByteArray());
        number(all, numbers.size());
        all.writeBytes(entries.toByteArray());
        all.writeBytes(blocks.toByteArray());
        return all.toByteArray();
    }

    private void pieces(byte[]... pieces) {
        for (var piece : pieces) {
            if (piece.length > 0) {
                number(blocks, piece.length);
                blocks.writeBytes(piece);
            }
        }
        number(blocks, 0);
    }

    static void number(ByteArrayOutputStream out, int value) {
        int magnitude = value < 0 ? -value : value;
        out.write(value < 0 ? 1 : 0);
        for (int shift = 0; shift < 32; shift += 8) {
            out.write(magnitude >>> shift);
        }
    }

    private static void string(ByteArrayOutputStream out, @Nullable String value) {
        if (value == null) {
            number(out, -1);
            return;
        }
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        number(out, bytes.length);
        out.writeBytes(bytes);
    }
}
