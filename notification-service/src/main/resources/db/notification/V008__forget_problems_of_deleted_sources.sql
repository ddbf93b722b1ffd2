-- Sources that there are no more: their failures count for nothing, also those that come after this.
create table source_gone (
    source_id uuid not null constraint source_gone_pk primary key
);
