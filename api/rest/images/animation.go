package images

import (
	"bytes"
	"image"
	"image/color/palette"
	"image/draw"
	"image/gif"
	"io"
)

// animation is a GIF whose frames are whole pictures.
type animation struct {
	frames []image.Image
	delays []int
	loops  int
}

// decodeAnimation draws the frames over each other, as a viewer does: a frame may be a part of the picture.
func decodeAnimation(raw []byte) (animation, error) {
	all, err := gif.DecodeAll(bytes.NewReader(raw))
	if err != nil || len(all.Image) == 0 {
		return animation{}, errUnreadable
	}
	bounds := image.Rect(0, 0, all.Config.Width, all.Config.Height)
	if bounds.Dx()*bounds.Dy()*len(all.Image) > maxPixels {
		return animation{}, errUnreadable
	}
	a := animation{delays: all.Delay, loops: all.LoopCount}
	canvas := image.NewNRGBA(bounds)
	for i, frame := range all.Image {
		before := clone(canvas)
		draw.Draw(canvas, frame.Bounds(), frame, frame.Bounds().Min, draw.Over)
		a.frames = append(a.frames, clone(canvas))
		switch all.Disposal[i] {
		case gif.DisposalBackground:
			draw.Draw(canvas, frame.Bounds(), image.Transparent, image.Point{}, draw.Src)
		case gif.DisposalPrevious:
			canvas = before
		}
	}
	return a, nil
}

func clone(picture *image.NRGBA) *image.NRGBA {
	copied := *picture
	copied.Pix = bytes.Clone(picture.Pix)
	return &copied
}

// encode writes the animation in a size. One that would unfold to too many pixels keeps its first frame only.
func (a animation) encode(w io.Writer, size Size) error {
	frames := a.frames
	if size.Width*size.Height*len(frames) > maxPixels {
		frames = frames[:1]
	}
	scaled := &gif.GIF{LoopCount: a.loops}
	colours := append(palette.Plan9[:255:255], image.Transparent)
	for i, frame := range frames {
		picture := fill(frame, size)
		paletted := image.NewPaletted(picture.Bounds(), colours)
		draw.FloydSteinberg.Draw(paletted, picture.Bounds(), picture, image.Point{})
		scaled.Image = append(scaled.Image, paletted)
		scaled.Delay = append(scaled.Delay, a.delays[i])
		scaled.Disposal = append(scaled.Disposal, gif.DisposalBackground)
	}
	return gif.EncodeAll(w, scaled)
}
