-- One row per event, whatever its type. Readers page by (occurred_at, id): arrival says nothing about order.
create table event_log (
    id          bigint generated always as identity constraint event_log_pk primary key,
    event_id    uuid        not null constraint event_log_event_id_unique unique,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null,
    type        text        not null,
    level       text        not null constraint event_log_level_known check (level in ('DEBUG', 'INFO', 'WARN', 'ERROR')),
    source_id   uuid,
    source_name text,
    backup_id   uuid,
    attempt     integer,
    message     text        not null,
    data        jsonb       not null,
    search_text text        not null
);

-- Progress (DEBUG) is most of the rows and rarely asked for: the usual reads have indexes without it.
create index event_log_newest on event_log (occurred_at desc, id desc);
create index event_log_newest_info on event_log (occurred_at desc, id desc) where level <> 'DEBUG';
create index event_log_newest_warn on event_log (occurred_at desc, id desc) where level in ('WARN', 'ERROR');
create index event_log_source_id on event_log (source_id, occurred_at desc, id desc) where level <> 'DEBUG';
create index event_log_source_name on event_log (source_name, occurred_at desc, id desc) where level <> 'DEBUG';
create index event_log_backup on event_log (backup_id, occurred_at desc, id desc);
-- For pruning: rows lie in the order of their recording.
create index event_log_recorded on event_log using brin (recorded_at);

-- Substring search by trigrams where this server has them and lets us; without, a search reads the rows one by one.
do $$
declare
    trigram_schema text;
begin
    begin
        create extension if not exists pg_trgm;
    exception
        -- not installed, not allowed, or made by another service at this very moment
        when insufficient_privilege or undefined_file or feature_not_supported or duplicate_object or unique_violation then
            raise notice 'pg_trgm can''t be created here: text search works, but without an index (%)', sqlerrm;
    end;
    select n.nspname into trigram_schema
      from pg_extension e join pg_namespace n on n.oid = e.extnamespace
     where e.extname = 'pg_trgm' and has_schema_privilege(n.oid, 'usage');
    if trigram_schema is not null then
        execute format(
            'create index event_log_text on event_log using gin (search_text %I.gin_trgm_ops) where level <> ''DEBUG''',
            trigram_schema);
    end if;
end
$$;
