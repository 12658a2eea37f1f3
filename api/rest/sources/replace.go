package sources

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	"vidilog/api/rest/uploads"
	"vidilog/commands"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/internal/failpoint"
)

// pointReplacementPlaced is where the new file lies in its place and no event says so.
var pointReplacementPlaced = failpoint.New("replacement.placed")

// Prober looks at a media file; refusals are CodeUnprocessable.
type Prober interface {
	Probe(ctx context.Context, path string) (transcoding.Probe, error)
}

// Replacement gives videos other files that come in parts: POST, PUT and DELETE /api/v1/videos/{id}/source/replace-resumable.
type Replacement struct {
	*API
	Prober Prober
	Files  uploads.Store
	// Settings are the transcoding settings in force, Kinds those of the files that may be uploaded.
	Settings func() transcoding.Settings
	Kinds    func() uploads.Kinds
	// KeepsOriginals says that uploaded files stay as they came when renditions take their place.
	KeepsOriginals func() bool
	// Pictures are waited for before a replacement is answered.
	Pictures uploads.Pictures
	// IsAllowed says whether the instance lets authors replace files (video_file.update.enabled).
	IsAllowed func() bool
}

// Name is kept with sessions.
func (*Replacement) Name() string { return "source" }

// Operations are those of PeerTube's document.
func (*Replacement) Operations() (begin, part string) {
	return "replaceVideoSourceResumableInit", "replaceVideoSourceResumable"
}

// Subject is the video.
func (p *Replacement) Subject(r *http.Request) (string, error) {
	key, _, err := p.Access.Find(r)
	return key.ID.String(), err
}

// Sink takes no files: pictures are not replaced with the video.
func (*Replacement) Sink(*http.Request, map[string]string) decode.Sink { return nil }

// Check refuses what cannot be replaced, files of other kinds and those over the quota, in PeerTube's order.
func (p *Replacement) Check(r *http.Request, f uploads.Announced) error {
	if _, err := p.replaceable(r); err != nil {
		return err
	}
	if err := p.Kinds().Check(f.FileName, f.ContentType); err != nil {
		return err
	}
	return p.Commands.FitsQuota(r.Context(), authn.Caller(r).UserID, f.Size)
}

// replaceable answers the video of a request whose file its sender may replace now.
func (p *Replacement) replaceable(r *http.Request) (v video.Video, err error) {
	if !p.IsAllowed() {
		return v, kernel.Forbidden("Updating the file of an existing video is not allowed on this instance")
	}
	key, err := p.Access.Manage(r, user.RightUpdateAnyVideo)
	if err != nil {
		return v, err
	}
	if v, err = p.Commands.Video(r.Context(), key.ID); err != nil {
		return v, err
	}
	return v, v.MayReplaceSource()
}

// Plan is the command.
func (p *Replacement) Plan(r *http.Request, f uploads.Announced, path string) (json.RawMessage, error) {
	v, err := p.replaceable(r)
	if err != nil {
		return nil, err
	}
	command := commandsvideo.ReplaceSource{VideoID: v.ID, Source: v.Source + 1, SourceName: f.FileName, Settings: p.Settings()}
	if command.Probe, err = p.Prober.Probe(r.Context(), path); err != nil {
		if kernel.CodeOf(err) == kernel.CodeUnprocessable {
			err = kernel.Refuse(kernel.CodeUnprocessable, "Video file unreadable.")
		}
		return nil, err
	}
	command.FileName = uploads.NewName(filepath.Ext(f.FileName), command.Probe.Resolution())
	if p.KeepsOriginals() && command.Settings.Produces() {
		command.Kept = uploads.NewName(filepath.Ext(f.FileName), command.Probe.Resolution())
	}
	return json.Marshal(command)
}

// Finish places the file where those of the video lie, and records it.
func (p *Replacement) Finish(ctx context.Context, caller commands.Caller, _ uploads.Announced, plan json.RawMessage, path string) (uploads.Answer, error) {
	var command commandsvideo.ReplaceSource
	if err := json.Unmarshal(plan, &command); err != nil {
		return uploads.Answer{}, fmt.Errorf("read the plan of a replacement: %w", err)
	}
	v, err := p.Commands.Video(ctx, command.VideoID)
	if err != nil {
		return uploads.Answer{}, err
	}
	place := uploads.Place{Name: command.FileName, Private: v.PrivateFiles, Kept: command.Kept}
	if err := place.Take(ctx, p.Files, path); err != nil && v.Source < command.Source {
		return uploads.Answer{}, err
	}
	if err := pointReplacementPlaced.Hit(); err != nil {
		return uploads.Answer{}, err
	}
	outcome, err := p.Commands.ReplaceSource(ctx, caller, command)
	if kernel.CodeOf(err) != "" {
		err = errors.Join(err, place.Remove(p.Files))
	}
	if err != nil {
		return uploads.Answer{}, err
	}
	isTaken := v.Pictures.Generated || v.Pictures == (video.Pictures{})
	if v.Source < command.Source && command.Probe.HasVideo() && isTaken {
		p.Pictures.Await(ctx, command.VideoID, v.Pictures.Thumbnail)
	}
	p.Writes.Waiter.Wait(ctx, p.Writes.Models, outcome.Position)
	source, err := p.Catalog.Source(ctx, command.VideoID)
	return uploads.Answer{Position: outcome.Position, Body: p.Site.Source(source)}, err
}

// Drop has nothing to remove.
func (*Replacement) Drop(map[string]string) error { return nil }
