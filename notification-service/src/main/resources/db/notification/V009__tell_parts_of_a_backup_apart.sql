-- A backup of media alone makes good no failure of a database, and the other way round. Of what was recorded before, the code alone
-- tells what it was about.
alter table incident_fact add column needs_database boolean not null default true;
alter table incident_fact add column needs_media    boolean not null default false;
update incident_fact set needs_database = false, needs_media = true where incident_key like 'source:%:MEDIA\_%';

-- What was made good by the rules of then stays so.
delete from incident_fact f using source_good g where g.source_id = f.source_id and f.needs_media and f.at <= g.at;

-- The newest completed backup of each source that has this part. Takes the place of source_good, which an older version still reads.
create table good_backup (
    source_id   uuid        not null,
    part        text        not null constraint good_backup_part_known check (part in ('database', 'media')),
    source_name text        not null,
    backup_id   uuid        not null,
    path        text        not null,
    at          timestamptz not null,
    constraint good_backup_pk primary key (source_id, part)
);
insert into good_backup (source_id, part, source_name, backup_id, path, at)
select source_id, 'database', source_name, backup_id, path, at from source_good;
