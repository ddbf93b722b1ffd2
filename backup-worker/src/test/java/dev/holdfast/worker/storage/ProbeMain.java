package dev.holdfast.worker.storage;

import dev.holdfast.common.failure.BackupException;
import java.nio.file.Path;
import java.util.List;

/** Probes a root and prints the failure, for tests that run it as another user. */
public final class ProbeMain {
    private ProbeMain() {}

    public static void main(String[] arguments) {
        try {
            var store = Stores.at(Path.of(arguments[0]));
            if (arguments.length > 1) {
                store.check(List.of(arguments[2]));
            } else {
                store.probe("shop", 0);
            }
            System.out.println("passed");
        } catch (BackupException e) {
            print(e);
        }
    }

    /** Everything of a failure that the tests look at. */
    public static void print(BackupException e) {
        System.out.println(e.failure().code());
        System.out.println(e.failure().summary());
        System.out.println(e.failure().detail());
        e.failure().remedies().forEach(remedy -> remedy.commands().forEach(System.out::println));
    }
}
