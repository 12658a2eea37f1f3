package catalogtest

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/domain/process"
	"vidilog/domain/storage"
	"vidilog/domain/transcoding"
	"vidilog/domain/video"
)

// resolutions of every video; the first is the original's.
var resolutions = []int{720, 480, 240}

// filesPerVideo are the numbers taken by one video: the original, then a web video and an HLS rendition per resolution.
const filesPerVideo = 7

var words = []string{
	"river", "harbour", "night", "lecture", "bicycle", "garden", "concert", "mountain", "history", "kitchen", "robot", "winter",
	"été", "größe", "dance", "interview", "tutorial", "chess", "train", "forest",
}

// maker makes the events of one video. What it draws depends on the seed and the video's number only, so that an edit
// months later knows what was said at the upload.
type maker struct {
	shape  Shape
	draw   *rand.Rand // of the whole log: sizes and outcomes
	number int64
	id     kernel.VideoID
	owner  person
	said   video.Attributes
	steps  []step
	count  int // events so far
}

func newMaker(s Shape, draw *rand.Rand, number int64) *maker {
	own := rand.New(rand.NewPCG(s.Seed+1, uint64(number)))
	m := &maker{shape: s, draw: draw, number: number, id: VideoID(number), owner: personOf(own.Int64N(s.users()) + 1)}
	m.said = drawAttributes(s, own, number)
	return m
}

func (m *maker) attributes() video.Attributes { return m.said }

func drawAttributes(s Shape, r *rand.Rand, number int64) video.Attributes {
	word := func() string { return words[r.IntN(len(words))] }
	a := video.Attributes{
		Name: fmt.Sprintf("%s %s %s %d", word(), word(), word(), number), Privacy: video.Public,
		CommentsPolicy: video.CommentsEnabled, DownloadEnabled: true, WaitTranscoding: chance(r, 700), NSFW: chance(r, 30),
	}
	if chance(r, s.Hidden) {
		a.Privacy = video.Privacy(2 + r.IntN(4))
	}
	if chance(r, 600) {
		category, licence := 1+r.IntN(18), 1+r.IntN(7)
		language := []string{"en", "fr", "de", "es", "ja"}[r.IntN(5)]
		description := fmt.Sprintf("A film about a %s and a %s, told in **%d** pictures.", word(), word(), number)
		a.Category, a.Licence, a.Language, a.Description = &category, &licence, &language, &description
	}
	if first, second := word(), word(); first != second {
		a.Tags = []string{first, second}
	}
	return a
}

// step adds an append caused by an earlier event and answers the number of its first one.
func (m *maker) step(actor kernel.Actor, causedBy int, parts ...part) int {
	first := m.count
	for _, p := range parts {
		m.count += len(p.events)
	}
	m.steps = append(m.steps, step{actor: actor, correlation: derived("upload", m.number), causedBy: causedBy, parts: parts})
	return first
}

func on(stream kernel.StreamID, events ...kernel.Event) part { return part{stream, events} }

// upload tells a video from its upload until all of its renditions are there, or transcoding has failed.
func (m *maker) upload(at time.Time) story {
	seconds := 30 + m.draw.IntN(1800)
	original := m.rendition(0, video.WebVideo, resolutions[0], int64(seconds)*300_000)
	original.FileName = m.fileName("original", 0) + ".mp4"
	state := video.StatePublished
	if m.said.WaitTranscoding {
		state = video.StateToTranscode
	}
	uploaded := video.Uploaded{
		VideoID: m.id, IntegerID: m.number, ChannelID: m.owner.channel, AccountID: m.owner.account, OwnerID: m.owner.user,
		Attributes: m.said, SourceName: "film.mp4", Original: original, Seconds: seconds, AspectRatio: 1.7778, State: state,
		PrivateFiles: m.said.Privacy.KeepsFilesPrivate(), Kept: m.kept(), Settings: transcoding.Settings{Enabled: true, WebVideos: true, HLS: true},
	}
	quota := kernel.StorageID{UUID: m.owner.user.UUID}.Stream()
	events := []kernel.Event{uploaded}
	if m.said.Privacy == video.PasswordProtected {
		events = append(events, video.PasswordsSet{VideoID: m.id, Passwords: []video.Password{
			{ID: 2*m.number - 1, Ref: m.fileName("password", 1)}, {ID: 2 * m.number, Ref: m.fileName("password", 2)},
		}})
	}
	first := m.step(kernel.ByUser(m.owner.user), -1, on(m.id.Stream(), events...),
		on(quota, storage.Reserved{For: m.id.String(), Bytes: original.Bytes, At: at}))
	m.step(kernel.ByWorker("effects"), first, on(m.id.Stream(), video.PicturesAttached{VideoID: m.id, Pictures: video.Pictures{
		Thumbnail: m.fileName("thumbnail", 0) + ".jpg", Preview: m.fileName("preview", 0) + ".jpg", Generated: true,
	}}))
	m.step(kernel.ByWorker("effects"), first, on(m.id.Stream(), video.StoryboardAttached{VideoID: m.id, Storyboard: video.Storyboard{
		FileName: m.fileName("storyboard", 0) + ".jpg", TotalWidth: 2112, TotalHeight: 1188, SpriteWidth: 192, SpriteHeight: 108,
		SpriteSeconds: 1 + seconds/121,
	}}))
	m.transcode(first, original)
	return story{at: at, steps: m.steps, over: m.streams()}
}

// kept is the name under which every fifth upload stays as it came.
func (m *maker) kept() string {
	if m.number%5 != 0 {
		return ""
	}
	return m.fileName("kept", 0) + ".mp4"
}

// replaced tells that the author gave the video another file, at most once; nothing has been made of it yet.
func (m *maker) replaced() []kernel.Event {
	var events []kernel.Event
	if m.kept() != "" {
		events = append(events, video.KeptFileRemoved{VideoID: m.id, FileName: m.kept()})
	}
	original := m.rendition(0, video.WebVideo, 480, 1_000_000)
	original.FileName = m.fileName("replacement", 480) + ".mp4"
	return append(events, video.SourceReplaced{
		VideoID: m.id, OwnerID: m.owner.user, Source: 1, SourceName: "better.mp4", Original: original, Seconds: 61, AspectRatio: 1.7778,
		State: video.StatePublished, Settings: transcoding.Settings{Enabled: true, HLS: true},
		Probe: transcoding.Probe{Container: "mov", Size: 1_000_000, Duration: 61.2, Video: transcoding.VideoStream{Codec: "h264", FrameRate: 25}},
	})
}

// streams are those of the video's making, which have ended.
func (m *maker) streams() []kernel.StreamID {
	over := []kernel.StreamID{kernel.TranscodingID{UUID: m.id.UUID}.Stream()}
	for i := range 2 * len(resolutions) {
		over = append(over, m.jobID(i).Stream())
	}
	return over
}

func (m *maker) jobID(i int) kernel.JobID {
	return kernel.JobID{UUID: kernel.Derive(m.id.UUID, fmt.Sprintf("job-%d", i))}
}

func (m *maker) fileName(what string, resolution int) string {
	return kernel.Derive(m.id.UUID, fmt.Sprintf("%s-%d", what, resolution)).String()
}

// rendition number i of the video.
func (m *maker) rendition(i int, kind video.RenditionKind, resolution int, bytes int64) video.Rendition {
	r := video.Rendition{
		FileID: (m.number-1)*filesPerVideo + int64(i) + 1, Kind: kind, Resolution: resolution, Width: resolution * 16 / 9,
		Height: resolution, FPS: 25, Bytes: bytes, HasVideo: true, HasAudio: true,
		VideoCodec: "avc1.64001f", AudioCodec: "mp4a.40.2",
	}
	if kind == video.HLS {
		r.FileName = transcoding.HLSMediaName(m.fileName("hls", resolution), transcoding.Resolution(resolution))
		r.PlaylistName = transcoding.HLSPlaylistName(r.FileName)
	} else {
		r.FileName = transcoding.WebVideoName(m.fileName("web", resolution), transcoding.Resolution(resolution))
	}
	return r
}

// transcode runs a web video and an HLS job per resolution, each behind the one it is made from.
func (m *maker) transcode(cause int, original video.Rendition) {
	by := kernel.ByProcess(process.TranscodingName, kernel.ByUser(m.owner.user))
	if !m.shape.WithoutJobs {
		cause = m.plan(by, cause)
	}
	fails := chance(m.draw, m.shape.Faults)
	var media []string
	for i := range 2 * len(resolutions) {
		resolution, kind := resolutions[i/2], video.WebVideo
		if i%2 == 1 {
			kind = video.HLS
		}
		if fails && i == 1 {
			m.fail(by, cause, i)
			return
		}
		made := m.rendition(i+1, kind, resolution, original.Bytes/int64(i+1))
		done := m.work(i, cause, made, original)
		if kind == video.HLS {
			media = append([]string{made.FileName}, media...)
			m.playlist(done, media)
			if i == 1 && m.said.WaitTranscoding {
				m.step(by, done, on(m.id.Stream(), video.Published{VideoID: m.id}))
			}
		}
	}
}

func (m *maker) playlist(cause int, media []string) {
	name := func(round int) (string, string) {
		base := m.fileName("playlist", round)
		return transcoding.HLSMasterName(base), transcoding.HLSHashesName(base)
	}
	written := video.PlaylistWritten{VideoID: m.id, Playlist: video.Playlist{IntegerID: m.number, Media: media}}
	written.Playlist.MasterName, written.Playlist.HashesName = name(len(media))
	if len(media) > 1 {
		written.ReplacedMaster, written.ReplacedHashes = name(len(media) - 1)
	}
	m.step(kernel.ByWorker("effects"), cause, on(m.id.Stream(), written))
}

// plan requests all jobs in one append.
func (m *maker) plan(by kernel.Actor, cause int) int {
	planned := process.TranscodingPlanned{VideoID: m.id, HLS: true, WebVideos: true}
	parts := make([]part, 1, 1+2*len(resolutions))
	for i := range 2 * len(resolutions) {
		requested := job.Requested{
			JobID: m.jobID(i), IntegerID: (m.number-1)*6 + int64(i) + 1, VideoID: m.id, OwnerID: m.owner.user,
			Priority: 100 + i, MaxAttempts: 3, Parent: m.parent(i),
		}
		r := m.rendition(i+1, []video.RenditionKind{video.WebVideo, video.HLS}[i%2], resolutions[i/2], 0)
		requested.Order = job.Order{
			Type: []job.Type{job.WebVideoTranscoding, job.HLSTranscoding}[i%2], Resolution: r.Resolution, FPS: r.FPS,
			FileName: r.FileName, PlaylistName: r.PlaylistName, Optimises: i == 0, CopyCodecs: i%2 == 1,
		}
		planned.Steps = append(planned.Steps, process.Step{
			JobID: requested.JobID, Type: requested.Order.Type, Resolution: r.Resolution, Parent: requested.Parent,
		})
		parts = append(parts, on(requested.JobID.Stream(), requested))
	}
	parts[0] = on(kernel.TranscodingID{UUID: m.id.UUID}.Stream(), planned)
	return m.step(by, cause, parts...)
}

// parent of a job: HLS needs the web video of its resolution, lower web videos need the first.
func (m *maker) parent(i int) kernel.JobID {
	switch {
	case i == 0:
		return kernel.JobID{UUID: uuid.Nil}
	case i%2 == 1:
		return m.jobID(i - 1)
	}
	return m.jobID(0)
}

// work does one job and adds its result to the video; the first one takes the original's place.
func (m *maker) work(i, cause int, made, original video.Rendition) int {
	var removed []kernel.Event
	if i == 0 {
		removed = []kernel.Event{video.RenditionRemoved{
			VideoID: m.id, Kind: original.Kind, Resolution: original.Resolution, FileName: original.FileName,
		}}
	}
	events := append(removed, video.RenditionAdded{VideoID: m.id, Rendition: made}, video.TorrentWritten{
		VideoID: m.id, Media: made.FileName, Torrent: video.Torrent{
			FileName: transcoding.TorrentName(m.fileName("torrent", i), transcoding.Resolution(made.Resolution)),
			InfoHash: fmt.Sprintf("%040x", made.FileID),
		},
	})
	worker := kernel.ByWorker("local-1")
	if m.shape.WithoutJobs {
		return m.step(worker, cause, on(m.id.Stream(), events...))
	}
	id := m.jobID(i)
	if i > 0 {
		m.step(kernel.ByProcess(process.TranscodingName, kernel.ByUser(m.owner.user)), cause,
			on(id.Stream(), job.Released{JobID: id, VideoID: m.id}))
	}
	m.step(worker, cause, on(id.Stream(), job.Accepted{JobID: id, VideoID: m.id, Worker: "local-1", Fence: 1}))
	return m.step(worker, cause,
		on(id.Stream(), job.Completed{JobID: id, VideoID: m.id, Worker: "local-1", Fence: 1, Rendition: made}),
		on(m.id.Stream(), events...))
}

// fail ends a transcoding whose job number i cannot be done.
func (m *maker) fail(by kernel.Actor, cause, i int) {
	const message = "ffmpeg: Invalid data found when processing input"
	if !m.shape.WithoutJobs {
		id := m.jobID(i)
		m.step(by, cause, on(id.Stream(), job.Released{JobID: id, VideoID: m.id}))
		m.step(kernel.ByWorker("local-1"), cause,
			on(id.Stream(), job.Accepted{JobID: id, VideoID: m.id, Worker: "local-1", Fence: 1},
				job.Failed{JobID: id, VideoID: m.id, Worker: "local-1", Fence: 1, Message: message, Attempt: 3, Final: true}))
	}
	if m.said.WaitTranscoding {
		m.step(by, cause, on(m.id.Stream(), video.TranscodingFailed{VideoID: m.id, Reason: message}))
	}
}
