create index event_log_type on event_log (type, occurred_at desc, id desc) where level <> 'DEBUG';
