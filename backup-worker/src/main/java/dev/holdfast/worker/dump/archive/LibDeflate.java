package dev.holdfast.worker.dump.archive;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The functions of libdeflate, a library that writes the same format as zlib in a third of the time. Debian has it as
 * {@code libdeflate0}.
 */
record LibDeflate(
        MethodHandle allocCompressor,
        MethodHandle freeCompressor,
        MethodHandle compress,
        MethodHandle allocDecompressor,
        MethodHandle freeDecompressor,
        MethodHandle decompress) {
    private static final Logger log = LoggerFactory.getLogger(LibDeflate.class);
    private static final List<String> NAMES =
            List.of("libdeflate.so.0", "libdeflate.so", "libdeflate.0.dylib", "/opt/homebrew/lib/libdeflate.dylib");
    private static final Optional<LibDeflate> FOUND = load();

    /** Empty where the library is missing, or where this JVM may not call it. */
    static Optional<LibDeflate> find() {
        return FOUND;
    }

    private static Optional<LibDeflate> load() {
        for (var name : NAMES) {
            try {
                return Optional.of(link(SymbolLookup.libraryLookup(name, Arena.global())));
            } catch (IllegalArgumentException | IllegalCallerException | NoSuchElementException e) {
                log.debug("no usable {}: {}", name, e.getMessage());
            }
        }
        log.info(
                "libdeflate was not found; dumps of clients before 16 are compressed by the JDK's zlib, which is slower");
        return Optional.empty();
    }

    private static LibDeflate link(SymbolLookup library) {
        return new LibDeflate(
                function(library, "libdeflate_alloc_compressor", ADDRESS, JAVA_INT),
                procedure(library, "libdeflate_free_compressor"),
                function(
                        library,
                        "libdeflate_deflate_compress",
                        JAVA_LONG,
                        ADDRESS,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG),
                function(library, "libdeflate_alloc_decompressor", ADDRESS),
                procedure(library, "libdeflate_free_decompressor"),
                function(
                        library,
                        "libdeflate_deflate_decompress_ex",
                        JAVA_INT,
                        ADDRESS,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS,
                        ADDRESS));
    }

    private static MethodHandle function(
            SymbolLookup library, String name, MemoryLayout result, MemoryLayout... arguments) {
        return Linker.nativeLinker()
                .downcallHandle(library.findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }

    private static MethodHandle procedure(SymbolLookup library, String name) {
        return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), FunctionDescriptor.ofVoid(ADDRESS));
    }
}
