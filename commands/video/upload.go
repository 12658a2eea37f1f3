package video

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/channel"
	"vidilog/domain/kernel"
	"vidilog/domain/storage"
	"vidilog/domain/transcoding"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

// Upload brings a file that is on disk under its final name and has been probed.
type Upload struct {
	// VideoID is drawn by the caller, because the file's place may depend on it.
	VideoID    kernel.VideoID   `json:"videoId"`
	ChannelID  kernel.ChannelID `json:"channelId"`
	Attributes video.Attributes `json:"attributes"`
	SourceName string           `json:"sourceName"`
	FileName   string           `json:"fileName"`
	// Kept is a second name of the file, under which it stays as it came; empty for none.
	Kept     string               `json:"kept,omitempty"`
	Probe    transcoding.Probe    `json:"probe"`
	Settings transcoding.Settings `json:"settings"`
	// Passwords of a protected video; nil when the request has none.
	Passwords []string `json:"-"`
}

// Uploaded names what was made, in the three forms PeerTube's API uses.
type Uploaded struct {
	VideoID   kernel.VideoID `json:"videoId"`
	IntegerID int64          `json:"integerId"`
}

var upload = commands.Spec[Upload, Uploaded]{Type: "video.upload", Needs: commands.ByUser(), Handle: handleUpload}

// Upload runs the command. Errors: CodeInvalid naming the field, CodeForbidden for another's channel, CodeTooLarge over quota.
func (h *Handlers) Upload(ctx context.Context, caller commands.Caller, c Upload) (commands.Outcome[Uploaded], error) {
	return commands.Run(ctx, h.bus, caller, upload, c)
}

// handleUpload writes the video and its owner's storage in one append; the channel must still be the one that was seen.
func handleUpload(ctx context.Context, w *commands.Work, c Upload) (Uploaded, error) {
	ch, err := commands.Guard[channel.Channel](ctx, w, c.ChannelID.Stream())
	if err != nil {
		return Uploaded{}, err
	}
	if !ch.Exists || ch.Deleted {
		return Uploaded{}, kernel.Invalid("channelId", "Unknown video `video channel` on this instance.")
	}
	if err := w.Caller.MustOwn(ch.OwnerID, user.RightManageAnyChannel); err != nil {
		return Uploaded{}, kernel.Invalid("channelId", "Unknown video `video channel` for this account.")
	}
	made := Uploaded{VideoID: c.VideoID}
	if made.IntegerID, err = w.Number(ctx, "video", c.VideoID.Stream()); err != nil {
		return made, err
	}
	file, err := w.Number(ctx, "file", c.VideoID.Stream())
	if err != nil {
		return made, err
	}
	passwords, err := keepPasswords(ctx, w, video.Video{}, c.VideoID, c.Attributes.Privacy, c.Passwords)
	if err != nil {
		return made, err
	}
	_, err = commands.Decide[video.Video](ctx, w, c.VideoID.Stream(), video.Upload{
		VideoID: c.VideoID, IntegerID: made.IntegerID, ChannelID: c.ChannelID, AccountID: ch.AccountID, OwnerID: ch.OwnerID,
		Attributes: c.Attributes, SourceName: c.SourceName, Original: original(file, c.FileName, c.Probe), Kept: c.Kept,
		Seconds: c.Probe.Seconds(), Probe: c.Probe, Settings: c.Settings, Passwords: passwords,
	})
	if err != nil {
		return made, err
	}
	return made, reserve(ctx, w, ch.OwnerID, c.VideoID, c.Probe.Size)
}

// original describes the uploaded file as the first web video.
func original(fileID int64, name string, p transcoding.Probe) video.Rendition {
	return video.Rendition{
		FileID: fileID, Kind: video.WebVideo, Resolution: int(p.Resolution()),
		Width: p.Video.Width, Height: p.Video.Height, FPS: p.FPS(), Bytes: p.Size,
		FileName: name, HasVideo: p.HasVideo(), HasAudio: p.HasAudio(),
		VideoCodec: p.Video.CodecString(), AudioCodec: p.Audio.CodecString(),
	}
}

// reserve takes the file's bytes from its owner's quotas.
func reserve(ctx context.Context, w *commands.Work, owner kernel.UserID, id kernel.VideoID, bytes int64) error {
	u, err := commands.Load[user.User](ctx, w, owner.Stream())
	if err != nil {
		return err
	}
	_, err = commands.Decide[storage.Storage](ctx, w, kernel.StorageID{UUID: owner.UUID}.Stream(), storage.Reserve{
		For: id.String(), Bytes: bytes, Quota: u.Quota, QuotaDaily: u.QuotaDaily, Now: w.Now,
	})
	return err
}

// FitsQuota answers CodeTooLarge when so many bytes would not fit, so that an upload can be refused before it is received.
func (h *Handlers) FitsQuota(ctx context.Context, owner kernel.UserID, bytes int64) error {
	u, err := commands.View[user.User](ctx, h.bus, owner.Stream())
	if err != nil {
		return err
	}
	held, err := commands.View[storage.Storage](ctx, h.bus, kernel.StorageID{UUID: owner.UUID}.Stream())
	if err != nil {
		return err
	}
	_, err = storage.Reserve{Bytes: bytes, Quota: u.Quota, QuotaDaily: u.QuotaDaily, Now: h.bus.Now()}.Decide(held)
	return err
}
