-- How a backup ended, for as long as the notification-service may not have heard of it: whatever is there is asked about. What ended
-- before this table was there counts as heard.
create table untold_outcome (
    backup_id uuid constraint untold_outcome_key primary key,
    event_id uuid not null,
    attempt integer not null,
    tries integer not null default 0,
    ask_at timestamptz not null
);
comment on column untold_outcome.event_id is 'the event that told the end of that attempt';
comment on column untold_outcome.tries is 'how often the worker was asked to tell it again';

create index untold_outcome_by_time on untold_outcome (ask_at);
