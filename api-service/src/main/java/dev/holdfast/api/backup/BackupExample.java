package dev.holdfast.api.backup;

/** An example of a whole {@link BackupView}: made of the examples of its fields, it would be completed and failed at once. */
final class BackupExample {
    static final String COMPLETED = """
            {
              "id": "01a20b48-0a9c-7a6a-8317-d23f128b2f33",
              "source": "webshop",
              "name": "Before the release",
              "description": "asked for by Ada",
              "type": "full",
              "includeMedia": true,
              "status": "completed",
              "phase": null,
              "attempt": 1,
              "requestedAt": "2026-11-24T02:00:00.412731Z",
              "startedAt": "2026-11-24T02:00:00.871204Z",
              "finishedAt": "2026-11-24T02:03:12.450913Z",
              "sizeBytes": 1518338048,
              "bytesWritten": 1518338048,
              "artifacts": [
                {
                  "file": "database.dump",
                  "sizeBytes": 1308622848,
                  "sha256": "2bd9dab8043386ca69ff679120e3048c450ddeee87f12a2f1a19c7e88d720784"
                },
                {
                  "file": "media.tar.zst",
                  "sizeBytes": 209715200,
                  "sha256": "9b3762ef5c4169c67c95b16b7c22db563861d95a7ac24491951c687a0899e26d"
                }
              ],
              "path": "/app/backups/webshop/webshop_backup_20261124_020000_01a20b48",
              "failure": null,
              "metadata": {
                "serverVersion": "17.9",
                "toolVersion": "17.12",
                "databaseSizeBytes": 9000000000,
                "extensions": {"pgcrypto": "1.3"},
                "migrations": {
                  "django_migrations": {
                    "table": "public.django_migrations",
                    "applied": 42,
                    "failed": 0,
                    "heads": ["auth.0012_alter_user"]
                  }
                },
                "app": {"version": "4.2"}
              },
              "verification": {"status": "none", "at": null}
            }""";

    private BackupExample() {}
}
