j.id, j.number, j.position, j.video_id, j.owner_id, j.type, j.resolution, j.fps, j.file_name, j.playlist_name, j.quick_copy,
       j.copy_codecs, j.optimises, j.parent, j.state, j.worker, j.fence, j.attempts, j.max_attempts, j.message, j.priority,
       j.requested_at, j.started_at, j.finished_at, coalesce((select true from jobs c where c.parent = j.id limit 1), false)
