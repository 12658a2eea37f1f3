package commandstest

import (
	"context"

	"github.com/google/uuid"
	"github.com/onsi/gomega"

	"vidilog/commands"
	commandsuser "vidilog/commands/user"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

// Person is somebody with an account and a channel.
type Person struct {
	commandsuser.Created
	Caller commands.Caller
}

// Person creates somebody.
func (w *World) Person(name string, role user.Role, change ...func(*commandsuser.Create)) Person {
	c := commandsuser.Create{
		Username: name, Email: name + "@example.org", Role: role, PasswordHash: []byte("hash of " + name), Quota: -1, QuotaDaily: -1,
		AccountKeys: commandsuser.KeyPair{PublicPEM: "account key", PrivatePEM: []byte("account secret of " + name)},
		ChannelKeys: commandsuser.KeyPair{PublicPEM: "channel key", PrivatePEM: []byte("channel secret of " + name)},
	}
	for _, f := range change {
		f(&c)
	}
	outcome, err := commandsuser.New(w.Bus).Create(context.Background(), System, c)
	gomega.Expect(err).NotTo(gomega.HaveOccurred())
	return Person{Created: outcome.Result, Caller: commands.ForUser(outcome.Result.UserID, role)}
}

// Upload is what Film sends.
func (w *World) Upload(p Person, change ...func(*commandsvideo.Upload)) commandsvideo.Upload {
	id := kernel.VideoID{UUID: uuid.New()}
	c := commandsvideo.Upload{
		VideoID: id, ChannelID: p.ChannelID, Attributes: video.Attributes{Name: "A film", WaitTranscoding: true},
		SourceName: "film.mkv", FileName: id.String() + "-original.mkv",
		Probe: transcoding.Probe{
			Container: "matroska,webm", Size: 1000, Duration: 10, Bitrate: 1_000_000,
			Video: transcoding.VideoStream{Codec: "vp9", PixelFormat: "yuv420p", Width: 1280, Height: 720, FrameRate: 30},
			Audio: transcoding.AudioStream{Index: 1, Codec: "opus", Channels: 2, Layout: "stereo"},
		},
		Settings: transcoding.Settings{Enabled: true, HLS: true, WebVideos: true, Policy: transcoding.Policy{Resolutions: []transcoding.Resolution{240, 720}}},
	}
	for _, f := range change {
		f(&c)
	}
	return c
}

// Film uploads a video of 1000 bytes that waits for its renditions.
func (w *World) Film(p Person, change ...func(*commandsvideo.Upload)) kernel.VideoID {
	outcome, err := commandsvideo.New(w.Bus).Upload(context.Background(), p.Caller, w.Upload(p, change...))
	gomega.Expect(err).NotTo(gomega.HaveOccurred())
	return outcome.Result.VideoID
}
