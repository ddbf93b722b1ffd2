-- Each time that a job is given to the scheduler is a turn; the entry of an earlier one is void.
alter table job add column turn integer not null default 0;

-- Of the newest request: how often it failed and was queued again, and how often its worker died.
alter table job add column setbacks integer not null default 0;
alter table job add column deaths integer not null default 0;

-- The server that is dumped, as host:port in lower case; null where no database is.
alter table job add column server text;

-- Queued, but not with the scheduler: it waits for a backup of the same source or server to end.
alter table job add column waiting boolean not null default false;

create index job_running_of_server on job (server, source_id) where state = 'running';

create index job_waiting_of_server on job (server, requested_at, id) where waiting;

create index job_waiting_of_source on job (source_id, requested_at, id) where waiting;
