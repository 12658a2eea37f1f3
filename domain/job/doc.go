// Package job decides about media jobs: work that ffmpeg does here or on a remote runner.
//
// Which worker gets which job is chosen by an operational lease; the accepted event with the exact stream version decides,
// and carries the fence that every later report must show. Progress and heartbeats are no events.
//
// It may import domain/kernel, domain/video (for the rendition a job makes) and domain/transcoding. Read state.go first.
package job
