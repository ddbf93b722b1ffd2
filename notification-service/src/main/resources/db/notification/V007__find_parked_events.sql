-- Whether an event is parked is asked for by its id (docs/adr/0014-lost-messages.md).
create index parked_message_of_event on parked_message (event_id);
