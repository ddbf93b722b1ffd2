create table source (
    id uuid constraint source_key primary key,
    name text not null constraint source_name_unique unique,
    host text not null,
    port integer not null constraint source_port_possible check (port between 1 and 65535),
    database_name text not null,
    username text not null,
    ssl_mode text not null constraint source_ssl_mode_known
        check (ssl_mode in ('DISABLE', 'ALLOW', 'PREFER', 'REQUIRE', 'VERIFY_CA', 'VERIFY_FULL')),
    media_paths json not null,
    sealed_password text not null,
    password_set boolean not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
comment on column source.sealed_password is 'an age file in base64, readable by the worker alone';

-- A backup outlives its source: hence no foreign key, and the source's name.
create table backup (
    id uuid constraint backup_key primary key,
    source_id uuid not null,
    source_name text not null,
    name text not null,
    description text,
    type text not null constraint backup_type_known check (type in ('FULL', 'DATABASE', 'MEDIA')),
    include_media boolean not null,
    app json not null,
    requested_at timestamptz not null,
    status text not null constraint backup_status_known
        check (status in ('REQUESTED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')),
    attempt integer not null constraint backup_attempt_counts_from_one check (attempt >= 1),
    newest_sequence bigint not null,
    requested_sequence bigint not null,
    cancel_sequence bigint not null,
    setback_sequence bigint not null,
    started_sequence bigint,
    started_at timestamptz,
    tool_version text,
    server_version text,
    progressed_sequence bigint,
    phase text,
    bytes_written bigint,
    ended_sequence bigint,
    ended_status text constraint backup_end_is_final check (ended_status in ('COMPLETED', 'FAILED', 'CANCELLED')),
    finished_at timestamptz,
    path text,
    size_bytes bigint,
    artifacts json,
    failure json,
    metadata json
);
comment on column backup.newest_sequence is 'the greatest sequence of this backup, seen or written';
comment on column backup.status is 'follows from the sequences; here to be searched by';

create index backup_by_source on backup (source_id, id);
create index backup_by_source_name on backup (source_name, id);
create index backup_by_status on backup (status, id);
