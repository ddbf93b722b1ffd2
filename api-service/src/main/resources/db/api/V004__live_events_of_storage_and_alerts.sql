-- Storage and alerts are told of too, and they are about no single backup.
alter table live_event alter column backup_id drop not null;
