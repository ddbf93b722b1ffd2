-- The event of the newest request, to be published again under the same id and time where the worker never got it. Null in backups
-- that were requested before these columns were.
alter table backup add column request_event uuid;
alter table backup add column request_event_at timestamptz;
alter table backup add constraint backup_request_event_has_time check ((request_event is null) = (request_event_at is null));

alter table backup add column recalled_at timestamptz;
comment on column backup.recalled_at is 'when the worker was last told of the newest request, or last asked what has become of it';
