package videos

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
	"vidilog/domain/kernel"
	"vidilog/domain/video"
)

// inParts makes videos of files that come in parts: POST, PUT and DELETE /api/v1/videos/upload-resumable.
type inParts struct{ api *API }

// InParts is the purpose of files that become new videos.
func (a *API) InParts() uploads.Purpose { return inParts{a} }

// Name is kept with sessions.
func (inParts) Name() string { return "video" }

// Subject is nothing: there is no video yet.
func (inParts) Subject(*http.Request) (string, error) { return "", nil }

// Operations are PeerTube's.
func (inParts) Operations() (begin, part string) { return "uploadResumableInit", "uploadResumable" }

// Sink takes the author's pictures.
func (p inParts) Sink(r *http.Request, files map[string]string) decode.Sink {
	return func(u decode.Upload) error {
		if u.Field != "thumbnailfile" && u.Field != "previewfile" {
			return kernel.Refuse(kernel.CodeInvalid, "Unexpected field").WithAPICode("MulterError")
		}
		var pictures video.Pictures
		if err := p.api.receivePicture(r.Context(), u, &pictures); err != nil {
			return err
		}
		files[u.Field] = pictures.Thumbnail + pictures.Preview // one of them
		return nil
	}
}

func picturesOf(files map[string]string) video.Pictures {
	return video.Pictures{Thumbnail: files["thumbnailfile"], Preview: files["previewfile"]}
}

// Check refuses what the author says, kinds of files that do not become videos, and files that do not fit the quota.
func (p inParts) Check(r *http.Request, f uploads.Announced) error {
	caller := authn.Caller(r)
	command, err := p.api.prepare(r.Context(), caller, f.Fields, f.FileName)
	if err = errors.Join(err, command.Attributes.Check()); err != nil {
		return err
	}
	if err := p.api.Kinds().Check(f.FileName, f.ContentType); err != nil {
		return err
	}
	return p.api.Commands.FitsQuota(r.Context(), caller.UserID, f.Size)
}

// Plan is the command, but for what must not be kept in the clear.
func (p inParts) Plan(r *http.Request, f uploads.Announced, path string) (json.RawMessage, error) {
	command, err := p.api.prepare(r.Context(), authn.Caller(r), f.Fields, f.FileName)
	if err == nil {
		err = p.api.look(r.Context(), &command, path, filepath.Ext(f.FileName))
	}
	if err != nil {
		return nil, err
	}
	return json.Marshal(command)
}

// Finish places the file and records the video.
func (p inParts) Finish(ctx context.Context, caller commands.Caller, f uploads.Announced, plan json.RawMessage, path string) (uploads.Answer, error) {
	// What the plan leaves out is read again; what may have become wrong since then was right when it was made.
	command, _ := p.api.prepare(ctx, caller, f.Fields, f.FileName)
	if err := json.Unmarshal(plan, &command); err != nil {
		return uploads.Answer{}, fmt.Errorf("read the plan of an upload: %w", err)
	}
	outcome, err := p.api.record(ctx, caller, command, received{path: path, name: f.FileName, pictures: picturesOf(f.Files)})
	if err != nil {
		return uploads.Answer{}, err
	}
	return uploads.Answer{Position: outcome.Position, Body: answerOf(outcome.Result)}, nil
}

// Drop removes the pictures of an upload that came to nothing.
func (p inParts) Drop(files map[string]string) error { return p.api.dropPictures(picturesOf(files)) }
