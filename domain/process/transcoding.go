package process

import (
	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/domain/video"
)

// TranscodingName is the consumer group and the actor of this process.
const TranscodingName = "transcoding"

// TranscodingKey answers the video whose transcoding an event belongs to; ok is false for events this process ignores.
func TranscodingKey(e kernel.Event) (id kernel.VideoID, ok bool) {
	switch e := e.(type) {
	case video.Uploaded:
		return e.VideoID, true
	case video.SourceReplaced:
		return e.VideoID, true
	case video.TranscodingRequested:
		return e.VideoID, true
	case video.PlaylistWritten:
		return e.VideoID, true
	case video.Deleted:
		return e.VideoID, true
	case job.Completed:
		return e.VideoID, true
	case job.Failed:
		return e.VideoID, e.Final
	case job.Retried:
		return e.VideoID, true
	}
	return kernel.VideoID{}, false
}

// React decides what an event means for the transcoding of its video.
func (t Transcoding) React(cause Cause) Decision {
	switch e := cause.Data.(type) {
	case video.Uploaded:
		return t.uploaded(cause.EventID, sourceOf(e))
	case video.SourceReplaced:
		return t.planAll(cause.EventID, replacementOf(e))
	case video.TranscodingRequested:
		return t.requested(cause.EventID, e)
	case job.Completed:
		return t.completed(e)
	case job.Failed:
		return t.failed(e)
	case job.Retried:
		return t.retried(e)
	case video.PlaylistWritten:
		return t.playlistWritten()
	case video.Deleted:
		return t.videoDeleted()
	}
	return Decision{}
}
