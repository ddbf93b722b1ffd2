-- What an incident is made of: failures that were a backup's outcome, and outages of the storage. Which of them still count is
-- asked anew with each event, so that neither order nor number of deliveries changes the answer.
create table incident_fact (
    event_id     uuid        not null constraint incident_fact_pk primary key,
    incident_key text        not null,
    kind         text        not null constraint incident_fact_kind_known check (kind in ('failure', 'storage')),
    at           timestamptz not null,
    since        timestamptz not null,
    source_id    uuid,
    source_name  text,
    backup_id    uuid,
    failure      jsonb       not null
);
create index incident_fact_key on incident_fact (incident_key, at);
create index incident_fact_source on incident_fact (source_id, incident_key);

-- The newest completed backup of each source.
create table source_good (
    source_id   uuid        not null constraint source_good_pk primary key,
    source_name text        not null,
    backup_id   uuid        not null,
    path        text        not null,
    at          timestamptz not null
);

-- What the workers' probes said last about the storage.
create table storage_watch (
    incident_key text        not null constraint storage_watch_pk primary key,
    failed_at    timestamptz not null default '-infinity', -- the newest outage
    over_at      timestamptz not null default '-infinity', -- the newest end of an outage
    recovered_at timestamptz not null default '-infinity'  -- the newest end that makes up for failures, too
);

create table incident (
    id              uuid        not null constraint incident_pk primary key,
    incident_key    text        not null,
    title           text        not null,
    failure         jsonb       not null, -- the newest
    since           timestamptz not null,
    last_failure_at timestamptz not null,
    failures        integer     not null,
    backups_hit     integer     not null,
    backups         jsonb       not null, -- the first five
    sources         jsonb       not null,
    raised_at       timestamptz not null,
    raised_sequence bigint      not null,
    flapping        boolean     not null,
    quiet_since     timestamptz,          -- a flapping incident without a failure; over when it stays so
    resolved_at     timestamptz
);
create unique index incident_open on incident (incident_key) where resolved_at is null;
create index incident_raised on incident (incident_key, raised_at);

create table alert_delivery (
    id              bigint generated always as identity constraint alert_delivery_pk primary key,
    incident_id     uuid        not null constraint alert_delivery_incident references incident (id) on delete cascade,
    channel         text        not null,
    kind            text        not null constraint alert_delivery_kind_known check (kind in ('raised', 'resolved')),
    status          text        not null
        constraint alert_delivery_status_known check (status in ('pending', 'sent', 'failed')),
    attempts        integer     not null default 0,
    created_at      timestamptz not null,
    next_attempt_at timestamptz not null, -- also the end of the lease of whoever is sending it
    sent_at         timestamptz,
    last_error      text,
    constraint alert_delivery_unique unique (incident_id, channel, kind)
);
create index alert_delivery_due on alert_delivery (channel, next_attempt_at) where status = 'pending';
