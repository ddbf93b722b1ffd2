-- One row is one time in which no backup could be written. Begin and end are told by two events, which may come in any order.
create table storage_outage (
    root text not null,
    failed_since timestamptz not null,
    recovered_at timestamptz,
    constraint storage_outage_key primary key (root, failed_since)
);

alter table backup add column rerun_sequence bigint;
comment on column backup.rerun_sequence is
    'the request that was made, or passed over, by itself after a repair; while it is the newest one, there is no other by itself';

create index backup_failed_by_code on backup ((failure ->> 'code'), finished_at) where status = 'FAILED';
