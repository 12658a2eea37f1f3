e.position, e.stream_kind, e.stream_id, e.version, e.type, e.event_id, e.command_id, e.correlation, e.causation, e.actor_kind,
       e.actor_id, e.on_behalf_of, e.recorded_at
