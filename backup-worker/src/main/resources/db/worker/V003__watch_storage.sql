-- Which volume was found at a root (docs/adr/0009-storage-health.md): only so can a missing one be told from a new one.
create table storage_volume (
    root text primary key,
    volume_id text not null,
    mount_point text not null,
    seen_since timestamptz not null
);

-- Whether backups can be written below a root; the first row of a root comes with its first outage.
create table storage_health (
    root text primary key,
    state text not null,
    -- Of the present outage: who noticed it and is alone to say that it is over, as long as seen_at is fresh.
    worker text,
    since timestamptz,
    code text,
    failure text,
    seen_at timestamptz,
    newest_sequence bigint not null default 0,
    constraint storage_health_state_is_known check (state in ('up', 'down')),
    constraint storage_health_down_has_failure check ((state = 'down') = (worker is not null and since is not null and code is not null and failure is not null and seen_at is not null))
);

-- The whole failure as JSON: the doctor tells the same as the event did.
alter table job add column failure text;

create index job_source_name on job (source_name);

create index job_newest_outcome on job (source_id, ended_at desc) where state in ('completed', 'failed');

create index job_log_trouble on job_log (at) where level <> 'info';
