-- Written under an advisory lock, so that ids become visible in their order: a reader who goes by id misses nothing.
create table live_event (
    id bigint generated always as identity constraint live_event_key primary key,
    recorded_at timestamptz not null,
    backup_id uuid not null,
    type text not null,
    body text not null
);
comment on column live_event.body is 'a CloudEvent in JSON, without the sealed password';

create index live_event_by_time on live_event (recorded_at);
