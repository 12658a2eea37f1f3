-- +goose Up
create index events_of_stream on events (stream_kind, stream_id, version);
create index events_by_actor on events (actor_kind, actor_id, position);
create index events_on_behalf_of on events (on_behalf_of, position) where on_behalf_of <> '';
create index events_by_correlation on events (correlation, position);
create index events_by_causation on events (causation, position) where causation is not null;
create index events_by_id on events (event_id);

-- +goose Down
drop index events_by_id, events_by_causation, events_by_correlation, events_on_behalf_of, events_by_actor, events_of_stream;
