alter table source add column paused boolean not null default false;
comment on column source.paused is 'whether new backups of it are refused';

-- Two people who change one source at once: the second one is told.
alter table source add column version integer not null default 1;

-- The last good backup of a source may be many failed ones ago.
create index backup_completed_by_source on backup (source_id, id) where status = 'COMPLETED';
