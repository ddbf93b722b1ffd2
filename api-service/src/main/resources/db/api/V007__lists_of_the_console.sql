-- The search by words: to the letter as in Backups.WITH_WORDS. What is no letter and no digit separates words, so that "shop_2026" has two.
create index backup_by_words on backup using gin (
    to_tsvector('simple', regexp_replace(name || ' ' || coalesce(description, ''), '[^[:alnum:]]+', ' ', 'g')));

-- The completed ones before a given one.
create index backup_by_source_and_status on backup (source_id, status, id);

-- A source's name and a status at once.
create index backup_by_source_name_and_status on backup (source_name, status, id);

create index live_event_by_backup on live_event (backup_id) where backup_id is not null;
