// Package images receives the avatars and banners that people send, and writes them in the sizes that clients ask for.
//
// It may import domain/…, api/rest/decode and internal. Read images.go, then animation.go.
package images

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	_ "image/jpeg" // formats that people send
	"image/png"
	"io"
	"math"
	"net/http"
	"slices"

	"github.com/disintegration/imaging"
	"github.com/google/uuid"
	_ "golang.org/x/image/webp"

	"vidilog/api/rest/decode"
	"vidilog/domain/actor"
	"vidilog/domain/kernel"
	"vidilog/internal/failpoint"
	"vidilog/internal/storage"
)

// pointImagesWritten is where all sizes of a picture are on disk and no event says so.
var pointImagesWritten = failpoint.New("images.written")

const (
	// maxPixels bounds what a small file may unfold to.
	maxPixels = 50_000_000
	quality   = 80
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
	return made, pointImagesWritten.Hit()
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
		return imaging.Encode(w, fill(picture, size), to, imaging.JPEGQuality(quality), imaging.PNGCompressionLevel(png.BestSpeed))
	}, extension, nil
}

// fill scales a picture until it covers a size and crops what stands over. A high picture in a wide place stands before a
// darker copy of itself, as in PeerTube. Scaling first and cropping to whole pixels then is what PeerTube's library does.
func fill(picture image.Image, size Size) *image.NRGBA {
	covering := cover(picture, size)
	source := picture.Bounds()
	if source.Dx() > source.Dy() || size.Width <= size.Height {
		return covering
	}
	darker := imaging.AdjustFunc(covering, func(c color.NRGBA) color.NRGBA {
		return color.NRGBA{R: c.R / 2, G: c.G / 2, B: c.B / 2, A: c.A}
	})
	whole := imaging.Resize(picture, 0, size.Height, imaging.Linear)
	return imaging.OverlayCenter(darker, whole, 1)
}

func cover(picture image.Image, size Size) *image.NRGBA {
	source := picture.Bounds()
	factor := max(float64(size.Width)/float64(source.Dx()), float64(size.Height)/float64(source.Dy()))
	width := max(size.Width, int(math.Round(float64(source.Dx())*factor)))
	height := max(size.Height, int(math.Round(float64(source.Dy())*factor)))
	x, y := (width-size.Width+1)/2, (height-size.Height+1)/2
	wide := imaging.Resize(picture, width, source.Dy(), linear(source.Dx(), width))
	return imaging.Crop(imaging.Resize(wide, width, height, linear(source.Dy(), height)), image.Rect(x, y, x+size.Width, y+size.Height))
}

// linear interpolates between pixels. Enlarging, PeerTube's library takes the place of a pixel a little further to the start
// than others do: a third of a pixel before its corner. Without that its suites find pixels that differ.
func linear(from, to int) imaging.ResampleFilter {
	step := float64(from) / float64(to)
	if step >= 1 {
		return imaging.Linear
	}
	shift := 1.0/6 - step/2
	return imaging.ResampleFilter{
		Support: 1 + math.Abs(shift),
		Kernel:  func(x float64) float64 { return max(0, 1-math.Abs(x-shift)) },
	}
}
