package videos

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/uuid"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	"vidilog/api/rest/uploads"
	"vidilog/api/shape"
	"vidilog/commands"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/internal/failpoint"
	"vidilog/internal/storage"
)

var (
	pointReceived = failpoint.New("upload.received")
	pointPlaced   = failpoint.New("upload.placed")
)

// Store is where uploads go.
type Store interface {
	uploads.Store
	Begin(location storage.Location) (*storage.Pending, error)
	Put(ctx context.Context, location storage.Location, content io.Reader) (int64, error)
}

// uploaded is the answer of an upload.
type uploaded struct {
	Video struct {
		ID        int64  `json:"id"`
		ShortUUID string `json:"shortUUID"`
		UUID      string `json:"uuid"`
	} `json:"video"`
}

// received is what an upload's body has brought to disk.
type received struct {
	path, name string
	pictures   video.Pictures
}

// upload answers POST /api/v1/videos/upload: the body streams to disk, is looked at, gets its final name, and only then is
// there an event. Whatever is refused leaves nothing behind.
func (a *API) upload(w http.ResponseWriter, r *http.Request) error {
	caller := authn.Caller(r)
	if r.ContentLength > 0 {
		// The body is a little larger than the file, so this refuses only what cannot fit.
		if err := a.Commands.FitsQuota(r.Context(), caller.UserID, r.ContentLength-maxFormOverhead); err != nil {
			return err
		}
	}
	var got received
	defer func() {
		if got.path != "" {
			_ = os.Remove(got.path) // gone already when it was accepted
		}
	}()
	fields, err := decode.Multipart(r, func(u decode.Upload) error { return a.receive(r.Context(), u, &got) })
	if err == nil && got.path == "" {
		err = missingFile()
	}
	if err != nil {
		return errors.Join(err, a.dropPictures(got.pictures))
	}
	outcome, err := a.accept(r.Context(), caller, fields, got)
	if err != nil {
		return errors.Join(err, a.dropPictures(got.pictures))
	}
	return a.Writes.JSON(w, r, outcome.Position, answerOf(outcome.Result))
}

func answerOf(made commandsvideo.Uploaded) (answer uploaded) {
	answer.Video.ID, answer.Video.UUID = made.IntegerID, made.VideoID.String()
	answer.Video.ShortUUID = shape.ShortUUID(made.VideoID.UUID)
	return answer
}

// maxFormOverhead is more than the form's other parts can take.
const maxFormOverhead = 10 << 20

func missingFile() error {
	e := kernel.Invalid("videofile", "Should have a file")
	e.Data = map[string]any{"location": "body"}
	return e
}

// receive takes one file of the form.
func (a *API) receive(ctx context.Context, u decode.Upload, got *received) error {
	switch u.Field {
	case "videofile":
		if got.path != "" {
			return kernel.Invalid("videofile", "is sent twice")
		}
		if err := a.Kinds().Check(u.FileName, ""); err != nil {
			return err
		}
		return a.receiveVideo(u, got)
	case "thumbnailfile", "previewfile":
		return a.receivePicture(ctx, u, &got.pictures)
	}
	return kernel.Refuse(kernel.CodeInvalid, "Unexpected field").WithAPICode("MulterError")
}

// receiveVideo streams a file to a temporary name; it is synced before it gets another.
func (a *API) receiveVideo(u decode.Upload, got *received) error {
	extension := strings.ToLower(filepath.Ext(u.FileName))
	pending, err := a.Files.Begin(storage.Location{Kind: storage.Tmp, Name: newName() + extension})
	if err != nil {
		return err
	}
	file, err := os.OpenFile(pending.Path(), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("receive an upload: %w", err)
	}
	got.path, got.name = pending.Path(), u.FileName
	_, err = io.Copy(file, u.Body)
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	return pointReceived.Hit()
}

// accept looks at the file, gives it its name and records the video.
func (a *API) accept(ctx context.Context, caller commands.Caller, fields *decode.Fields, got received) (commands.Outcome[commandsvideo.Uploaded], error) {
	command, err := a.prepare(ctx, caller, fields, got.name)
	if err == nil {
		err = a.look(ctx, &command, got.path, filepath.Ext(got.path))
	}
	if err != nil {
		return commands.Outcome[commandsvideo.Uploaded]{}, err
	}
	return a.record(ctx, caller, command, got)
}

// prepare makes the command of what the author says, as far as it can be said without the file.
func (a *API) prepare(ctx context.Context, caller commands.Caller, fields *decode.Fields, sourceName string) (commandsvideo.Upload, error) {
	command := commandsvideo.Upload{SourceName: sourceName, Settings: a.Settings(), Attributes: a.Defaults()}
	ReadAttributes(fields, &command.Attributes)
	command.Passwords = ReadPasswords(fields)
	if err := passwordsFit(command.Attributes.Privacy, command.Passwords); err != nil {
		return command, err
	}
	if err := a.chooseChannel(ctx, caller, fields, &command); err != nil {
		return command, err
	}
	if name := command.Attributes.Name; strings.TrimSpace(name) == "" {
		fields.Refuse("name", "Should have a video name between 3 and 120 characters long")
	}
	return command, fields.Err()
}

// look adds what the file itself says, and the names that the video and its file will have.
func (a *API) look(ctx context.Context, command *commandsvideo.Upload, path, extension string) (err error) {
	if command.Probe, err = a.Prober.Probe(ctx, path); err != nil {
		return unreadable(err)
	}
	id, err := uuid.NewRandom()
	if err != nil {
		return err
	}
	command.VideoID, command.FileName = kernel.VideoID{UUID: id}, uploads.NewName(extension, command.Probe.Resolution())
	if a.KeepsOriginals() && command.Settings.Produces() {
		command.Kept = uploads.NewName(extension, command.Probe.Resolution())
	}
	return nil
}

// record gives the file its place and appends the video. A repeat of the same command finds the file in its place.
func (a *API) record(ctx context.Context, caller commands.Caller, command commandsvideo.Upload, got received) (commands.Outcome[commandsvideo.Uploaded], error) {
	place := uploads.Place{Name: command.FileName, Private: command.Attributes.Privacy.KeepsFilesPrivate(), Kept: command.Kept}
	if err := place.Take(ctx, a.Files, got.path); err != nil && !a.isRecorded(ctx, command.VideoID) {
		return commands.Outcome[commandsvideo.Uploaded]{}, err
	}
	if err := pointPlaced.Hit(); err != nil {
		return commands.Outcome[commandsvideo.Uploaded]{}, err
	}
	outcome, err := a.Commands.Upload(ctx, caller, command)
	isOther := outcome.Repeated && outcome.Result.VideoID != command.VideoID
	if err != nil && kernel.CodeOf(err) != "" || isOther {
		err = errors.Join(err, place.Remove(a.Files)) // refused, or the first request's file is the one that counts
	}
	if err == nil && got.pictures != (video.Pictures{}) && !isOther {
		a.attach(ctx, caller, command.VideoID, got.pictures)
	}
	if err == nil && command.Probe.HasVideo() {
		a.Pictures.Await(ctx, outcome.Result.VideoID, "")
	}
	return outcome, err
}

// isRecorded says that a video is in the log: its command ran before, and the file may have been replaced by a rendition since.
func (a *API) isRecorded(ctx context.Context, id kernel.VideoID) bool {
	v, err := a.Commands.Video(ctx, id)
	return err == nil && v.Exists
}

// unreadable tells a file that is no video from a fault of the server.
func unreadable(err error) error {
	if kernel.CodeOf(err) == kernel.CodeUnprocessable {
		return kernel.Refuse(kernel.CodeUnprocessable, "Video file unreadable.")
	}
	return err
}

// chooseChannel reads channelId, an integer. That it is the caller's is decided by the command again; here it is said early.
func (a *API) chooseChannel(ctx context.Context, caller commands.Caller, fields *decode.Fields, command *commandsvideo.Upload) error {
	number, _ := fields.Int("channelId")
	if number == nil {
		fields.Refuse("channelId", "Should have correct video channel id")
		return nil
	}
	ch, err := a.Catalog.ChannelByNumber(ctx, int64(*number))
	if kernel.CodeOf(err) == kernel.CodeNotFound {
		return kernel.Refuse(kernel.CodeInvalid, "Unknown video \"video channel\" for this instance.")
	}
	if err == nil && caller.MustOwn(ch.OwnerID, user.RightManageAnyChannel) != nil {
		return kernel.Refuse(kernel.CodeInvalid, "Unknown video \"video channel\" for this account.")
	}
	command.ChannelID = ch.ID
	return err
}
