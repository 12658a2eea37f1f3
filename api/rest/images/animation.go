package images

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"io"
	"slices"
)

// animation is a GIF whose frames are whole pictures.
type animation struct {
	frames []image.Image
	// palettes are those of the frames, with a last colour that can be seen through.
	palettes []color.Palette
	delays   []int
	// opaque says that no frame can be seen through.
	opaque bool
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
	a := animation{delays: all.Delay, loops: all.LoopCount, opaque: true}
	canvas := image.NewNRGBA(bounds)
	for i, frame := range all.Image {
		before := clone(canvas)
		draw.Draw(canvas, frame.Bounds(), frame, frame.Bounds().Min, draw.Over)
		a.frames = append(a.frames, clone(canvas))
		a.opaque = a.opaque && canvas.Opaque()
		a.palettes = append(a.palettes, append(slices.Clone(frame.Palette[:min(len(frame.Palette), 255)]), color.Transparent))
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

// maxMoving bounds the pixels of all frames together, which take about a second for so many.
const maxMoving = 10_000_000

// encode writes the animation in a size. One that would unfold to too many pixels keeps its first frame only.
func (a animation) encode(w io.Writer, size Size) error {
	frames := a.frames
	if size.Width*size.Height*len(frames) > maxMoving {
		frames = frames[:1]
	}
	// Frames with the palette of the first do not repeat it.
	shared := image.Config{ColorModel: a.palettes[0], Width: size.Width, Height: size.Height}
	scaled := &gif.GIF{LoopCount: a.loops, Config: shared}
	var before *image.NRGBA
	for i, frame := range frames {
		picture := fill(frame, size)
		flat := paletted(picture, a.palettes[i])
		disposal := byte(gif.DisposalBackground)
		if a.opaque {
			disposal = gif.DisposalNone
			leaveOut(flat, picture, before)
		}
		scaled.Image, scaled.Delay = append(scaled.Image, flat), append(scaled.Delay, a.delays[i])
		scaled.Disposal = append(scaled.Disposal, disposal)
		before = picture
	}
	return gif.EncodeAll(w, scaled)
}

// leaveOut makes clear what is as it was in the frame before, which then shows through: such a GIF is smaller.
func leaveOut(flat *image.Paletted, picture, before *image.NRGBA) {
	if before == nil {
		return
	}
	through := uint8(len(flat.Palette) - 1)
	for i := range flat.Pix {
		if bytes.Equal(picture.Pix[4*i:4*i+4], before.Pix[4*i:4*i+4]) {
			flat.Pix[i] = through
		}
	}
}

// colourBits are those of each channel by which the nearest colour is remembered: 32,768 look-ups instead of one per pixel.
const colourBits = 5

// paletted gives each pixel the nearest colour of a palette, or none where it can be seen through.
func paletted(picture *image.NRGBA, colours color.Palette) *image.Paletted {
	through := len(colours) - 1
	flat := image.NewPaletted(picture.Bounds(), colours)
	var nearest [1 << (3 * colourBits)]int16
	for i := range flat.Pix {
		c := color.NRGBA{R: picture.Pix[4*i], G: picture.Pix[4*i+1], B: picture.Pix[4*i+2], A: 255}
		if picture.Pix[4*i+3] < 128 {
			flat.Pix[i] = uint8(through)
			continue
		}
		at := int(c.R>>3)<<(2*colourBits) | int(c.G>>3)<<colourBits | int(c.B>>3)
		if nearest[at] == 0 {
			nearest[at] = int16(colours[:through].Index(c)) + 1
		}
		flat.Pix[i] = uint8(nearest[at] - 1)
	}
	return flat
}
