-- One row a backup. What runs it is scheduled_tasks; what is true of it is here (docs/adr/0005-accept-then-run.md).
create table job (
    id uuid primary key,
    source_id uuid not null,
    source_name text not null,
    -- The attempt that the newest request asked for, and the one that runs or ran: a takeover raises the second alone.
    requested_attempt integer not null,
    attempt integer not null,
    state text not null,
    -- The request as JSON; text, because jsonb refuses characters that JSON allows.
    request text not null,
    requested_at timestamptz not null,
    worker text,
    started_at timestamptz,
    ended_at timestamptz,
    phase text,
    bytes_written bigint not null default 0,
    tables_done integer not null default 0,
    tables_total integer not null default 0,
    path text,
    artifacts text,
    size_bytes bigint,
    failure_code text,
    newest_sequence bigint not null,
    constraint job_attempt_is_positive check (requested_attempt >= 1 and attempt >= requested_attempt),
    constraint job_state_is_known check (state in ('queued', 'running', 'completed', 'failed', 'cancelled')),
    constraint job_running_has_worker check (state <> 'running' or (worker is not null and started_at is not null)),
    constraint job_completed_has_artifacts check ((state = 'completed') = (path is not null and artifacts is not null and size_bytes is not null)),
    constraint job_failed_has_code check ((state = 'failed') = (failure_code is not null))
);

create index job_running on job (id) where state = 'running';

create index job_last_size on job (source_id, ended_at) where state = 'completed';

-- Who was told to stop; a row may come before the request it stops.
create table cancel_request (
    backup_id uuid primary key,
    attempt integer not null,
    newest_sequence bigint not null
);

create table job_log (
    backup_id uuid not null,
    attempt integer not null,
    line integer not null,
    at timestamptz not null,
    level text not null,
    text text not null,
    primary key (backup_id, attempt, line),
    constraint job_log_level_is_known check (level in ('info', 'warn', 'error'))
);
