package videos

import (
	"bytes"
	"context"
	"errors"
	"image"
	_ "image/jpeg" // formats that authors send
	_ "image/png"
	"io"

	"github.com/disintegration/imaging"
	_ "golang.org/x/image/webp"

	"vidilog/api/rest/decode"
	"vidilog/commands"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/domain/video"
	"vidilog/internal/storage"
)

const (
	// maxPixels bounds what a small file may unfold to.
	maxPixels = 50_000_000
	quality   = 88
)

// sizes of pictures in pixels, PeerTube 6.3.
var sizes = map[string]struct {
	kind          storage.Kind
	width, height int
}{
	"thumbnailfile": {storage.Thumbnail, 280, 157},
	"previewfile":   {storage.Preview, 850, 480},
}

// receivePicture decodes a picture, brings it to its size and stores it under a new name.
func (a *API) receivePicture(ctx context.Context, u decode.Upload, to *video.Pictures) error {
	limit := a.MaxPicture
	raw, err := io.ReadAll(io.LimitReader(u.Body, limit+1))
	if err != nil {
		return err
	}
	invalid := kernel.Invalid(u.Field, "This thumbnail file is not supported or too large. Please, make sure it is of the following "+
		"type: .png, .jpg, .jpeg, .webp, of at most %d kB and 50 megapixels", limit>>10)
	if int64(len(raw)) > limit {
		return invalid
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil || config.Width*config.Height > maxPixels {
		return invalid
	}
	picture, err := imaging.Decode(bytes.NewReader(raw), imaging.AutoOrientation(true))
	if err != nil {
		return invalid
	}
	size := sizes[u.Field]
	var encoded bytes.Buffer
	filled := imaging.Fill(picture, size.width, size.height, imaging.Center, imaging.Lanczos)
	if err := imaging.Encode(&encoded, filled, imaging.JPEG, imaging.JPEGQuality(quality)); err != nil {
		return err
	}
	name := newName() + ".jpg"
	if _, err := a.Files.Put(ctx, storage.Location{Kind: size.kind, Name: name}, &encoded); err != nil {
		return err
	}
	if size.kind == storage.Thumbnail {
		to.Thumbnail = name
	} else {
		to.Preview = name
	}
	return nil
}

// attach gives a video its author's pictures. The video stands without them, so a failure is noted and not the request's.
func (a *API) attach(ctx context.Context, caller commands.Caller, id kernel.VideoID, pictures video.Pictures) {
	caller.CommandID = ""
	_, err := a.Commands.AttachPictures(ctx, caller, commandsvideo.AttachPictures{VideoID: id, Pictures: pictures})
	if err != nil {
		err = errors.Join(err, a.dropPictures(pictures))
		a.Logger.Error("the pictures of a video could not be attached", "video", id, "error", err)
	}
}

func (a *API) dropPictures(p video.Pictures) error {
	var failures []error
	if p.Thumbnail != "" {
		failures = append(failures, a.Files.Remove(storage.Location{Kind: storage.Thumbnail, Name: p.Thumbnail}))
	}
	if p.Preview != "" {
		failures = append(failures, a.Files.Remove(storage.Location{Kind: storage.Preview, Name: p.Preview}))
	}
	return errors.Join(failures...)
}
