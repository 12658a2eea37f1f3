package videos

import (
	"context"
	"mime"
	"net/http"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/domain/video"
)

// update answers PUT /api/v1/videos/{id}, JSON or a form with pictures.
func (a *API) update(w http.ResponseWriter, r *http.Request) error {
	id, err := a.ownID(r)
	if err != nil {
		return err
	}
	var pictures video.Pictures
	fields, err := a.updateBody(w, r, &pictures)
	if err != nil {
		return err
	}
	// once over nothing, to learn what is wrong before the command runs it over the attributes in force
	ReadAttributes(fields, &video.Attributes{})
	command := commandsvideo.Update{VideoID: id, Fields: fields.Without("videoPasswords"), Change: func(to *video.Attributes) { ReadAttributes(fields, to) }}
	command.Passwords = ReadPasswords(fields)
	if err := a.moveTo(r.Context(), fields, &command); err != nil {
		return err
	}
	if err := fields.Err(); err != nil {
		return err
	}
	caller := authn.Caller(r)
	outcome, err := a.Commands.Update(r.Context(), caller, command)
	if err != nil {
		return err
	}
	if pictures != (video.Pictures{}) {
		a.attach(r.Context(), caller, id, pictures)
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}

func (a *API) updateBody(w http.ResponseWriter, r *http.Request, pictures *video.Pictures) (*decode.Fields, error) {
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "multipart/form-data" {
		return decode.Body(w, r)
	}
	return decode.Multipart(r, func(u decode.Upload) error {
		if u.Field != "thumbnailfile" && u.Field != "previewfile" {
			return kernel.Refuse(kernel.CodeInvalid, "Unexpected field").WithAPICode("MulterError")
		}
		return a.receivePicture(r.Context(), u, pictures)
	})
}

// moveTo reads channelId where one is given.
func (a *API) moveTo(ctx context.Context, fields *decode.Fields, command *commandsvideo.Update) error {
	number, _ := fields.Int("channelId")
	if number == nil {
		return nil
	}
	ch, err := a.Catalog.ChannelByNumber(ctx, int64(*number))
	if kernel.CodeOf(err) == kernel.CodeNotFound {
		return kernel.Refuse(kernel.CodeInvalid, "Unknown video \"video channel\" for this instance.")
	}
	command.ChannelID = &ch.ID
	return err
}

// remove answers DELETE /api/v1/videos/{id}. Its files are gone when it is answered; where that fails, soon afterwards.
func (a *API) remove(w http.ResponseWriter, r *http.Request) error {
	id, err := a.ownID(r)
	if err != nil {
		return err
	}
	outcome, err := a.Commands.Delete(r.Context(), authn.Caller(r), commandsvideo.Delete{VideoID: id})
	if err != nil {
		return err
	}
	if err := a.RemoveFiles(r.Context(), id); err != nil {
		a.Logger.Warn("files of a deleted video go later", "video", id, "error", err)
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}
