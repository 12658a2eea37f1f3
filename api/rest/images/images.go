// Package images receives the avatars and banners that people send, and writes them in the sizes that clients ask for.
//
// It may import domain/…, api/rest/decode and internal. Read images.go, then animation.go.
package images

import (
	"bytes"
	"context"
	"errors"
	"image"
	_ "image/jpeg" // formats that people send
	"io"
	"net/http"
	"slices"

	"github.com/disintegration/imaging"
	"github.com/google/uuid"
	_ "golang.org/x/image/webp"

	"vidilog/api/rest/decode"
	"vidilog/domain/actor"
	"vidilog/domain/kernel"
	"vidilog/internal/storage"
)

const (
	// maxPixels bounds what a small file may unfold to.
	maxPixels = 50_000_000
	quality   = 88
)

// Size of one picture, in pixels.
type Size struct{ Width, Height int }

// The sizes of PeerTube 6.3 (ACTOR_IMAGES_SIZE).
var (
	Avatar = []Size{{1500, 1500}, {600, 600}, {120, 120}, {48, 48}}
	Banner = []Size{{1920, 317}, {600, 100}}
)

// types that people may send, by what the client says they are.
var types = []string{"image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp"}

// Receiver takes pictures from requests to storage.
type Receiver struct {
	Files interface {
		Put(ctx context.Context, location storage.Location, content io.Reader) (int64, error)
		Remove(location storage.Location) error
	}
	// MaxBytes bounds what is sent.
	MaxBytes int64
}

// Receive reads the one file of a form and writes it in the sizes. Nothing is left of it when an error is answered.
func (v *Receiver) Receive(r *http.Request, field string, sizes []Size) ([]actor.Image, error) {
	var raw []byte
	_, err := decode.Multipart(r, func(u decode.Upload) error {
		if u.Field != field {
			return kernel.Refuse(kernel.CodeInvalid, "Unexpected field").WithAPICode("MulterError")
		}
		if !slices.Contains(types, u.ContentType) {
			return refused(field)
		}
		var err error
		raw, err = io.ReadAll(io.LimitReader(u.Body, v.MaxBytes+1))
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(raw) == 0 || int64(len(raw)) > v.MaxBytes {
		return nil, refused(field)
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil || config.Width*config.Height > maxPixels {
		return nil, refused(field)
	}
	made, err := v.write(r.Context(), raw, format, sizes)
	if errors.Is(err, errUnreadable) {
		err = refused(field)
	}
	return made, err
}

// refused is PeerTube's sentence (updateActorImageValidatorFactory).
func refused(field string) error {
	e := kernel.Invalid(field, "This file is not supported or too large. Please, make sure it is of the following type : "+
		".png, .jpeg, .jpg, .gif, .webp")
	e.Data = map[string]any{"location": "body"}
	return e
}

var errUnreadable = errors.New("the picture cannot be read")

func (v *Receiver) write(ctx context.Context, raw []byte, format string, sizes []Size) (made []actor.Image, err error) {
	defer func() {
		if err != nil {
			err = errors.Join(err, v.Drop(made))
			made = nil
		}
	}()
	encode, extension, err := encoderOf(raw, format)
	if err != nil {
		return nil, err
	}
	for _, size := range sizes {
		var encoded bytes.Buffer
		if err := encode(&encoded, size); err != nil {
			return made, err
		}
		name := uuid.NewString() + extension
		bytes, err := v.Files.Put(ctx, storage.Location{Kind: storage.Avatar, Name: name}, &encoded)
		if err != nil {
			return made, err
		}
		made = append(made, actor.Image{FileName: name, Width: size.Width, Height: size.Height, Bytes: bytes})
	}
	return made, nil
}

// Drop removes pictures that were received for nothing.
func (v *Receiver) Drop(made []actor.Image) error {
	var failures []error
	for _, i := range made {
		failures = append(failures, v.Files.Remove(storage.Location{Kind: storage.Avatar, Name: i.FileName}))
	}
	return errors.Join(failures...)
}

// encoderOf answers how to write a picture in a size. What is sent as PNG or GIF stays so; others become JPEG, or PNG where
// they can be seen through.
func encoderOf(raw []byte, format string) (encode func(io.Writer, Size) error, extension string, err error) {
	if format == "gif" {
		moving, err := decodeAnimation(raw)
		return moving.encode, ".gif", err
	}
	picture, err := imaging.Decode(bytes.NewReader(raw), imaging.AutoOrientation(true))
	if err != nil {
		return nil, "", errUnreadable
	}
	to, extension := imaging.JPEG, ".jpg"
	opaque, knows := picture.(interface{ Opaque() bool })
	if format == "png" || knows && !opaque.Opaque() {
		to, extension = imaging.PNG, ".png"
	}
	return func(w io.Writer, size Size) error {
		return imaging.Encode(w, fill(picture, size), to, imaging.JPEGQuality(quality))
	}, extension, nil
}

// fill scales and crops a picture to a size. Averaging areas down and interpolating up is what PeerTube's library does.
func fill(picture image.Image, size Size) *image.NRGBA {
	filter := imaging.Box
	if b := picture.Bounds(); b.Dx() < size.Width || b.Dy() < size.Height {
		filter = imaging.Linear
	}
	return imaging.Fill(picture, size.Width, size.Height, imaging.Center, filter)
}
