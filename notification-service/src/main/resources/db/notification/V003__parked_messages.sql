-- Messages that a service could not handle, as they came: bytes, since what can't be read must be kept as well.
create table parked_message (
    id              uuid        not null constraint parked_message_pk primary key,
    message_id      uuid        not null constraint parked_message_once unique, -- from what it says: it may come back
    letter_id       uuid        not null, -- of the newest time that it was set aside
    queue           text        not null,
    routing_key     text        not null,
    reason          text        not null,
    event_id        text,
    event_type      text,
    content_type    text,
    excerpt         text        not null,
    headers         bytea       not null, -- JSON
    body            bytea       not null,
    times           integer     not null,
    first_parked_at timestamptz not null,
    parked_at       timestamptz not null,
    replayed_at     timestamptz           -- null while it is parked
);
create index parked_message_waiting on parked_message (queue, id) where replayed_at is null;
create index parked_message_waiting_in_all on parked_message (id) where replayed_at is null;
create index parked_message_newest on parked_message (queue, parked_at desc, id desc) where replayed_at is null;
create index parked_message_replayed on parked_message (replayed_at) where replayed_at is not null;
