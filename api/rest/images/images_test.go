package images_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"path"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/rest/images"
	"vidilog/domain/actor"
	"vidilog/domain/kernel"
	"vidilog/internal/storage"
)

func TestImages(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Pictures of actors")
}

// folder keeps files in memory and refuses those after the first few where that is asked for.
type folder struct {
	files map[string][]byte
	full  int
}

func (f *folder) Put(_ context.Context, location storage.Location, content io.Reader) (int64, error) {
	if f.full > 0 && len(f.files) == f.full {
		return 0, errors.New("no space left on device")
	}
	raw, err := io.ReadAll(content)
	f.files[location.Name] = raw
	return int64(len(raw)), err
}

func (f *folder) Remove(location storage.Location) error {
	delete(f.files, location.Name)
	return nil
}

func painted(width, height int, paint color.Color) *image.NRGBA {
	picture := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.Draw(picture, picture.Bounds(), image.NewUniform(paint), image.Point{}, draw.Src)
	return picture
}

func encoded(write func(io.Writer) error) []byte {
	var b bytes.Buffer
	Expect(write(&b)).To(Succeed())
	return b.Bytes()
}

func asPNG(picture image.Image) []byte {
	return encoded(func(w io.Writer) error { return png.Encode(w, picture) })
}

func form(field, contentType string, raw []byte) *http.Request {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {`form-data; name="` + field + `"; filename="picture"`}, "Content-Type": {contentType},
	})
	Expect(err).NotTo(HaveOccurred())
	_, _ = part.Write(raw)
	Expect(w.Close()).To(Succeed())
	r := httptest.NewRequest(http.MethodPost, "/", &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return r
}

var _ = Describe("A picture that somebody sends", func() {
	var (
		files    *folder
		receiver *images.Receiver
		red      = color.NRGBA{R: 200, A: 255}
	)
	BeforeEach(func() {
		files = &folder{files: map[string][]byte{}}
		receiver = &images.Receiver{Files: files, MaxBytes: 100 << 10}
	})
	decoded := func(i actor.Image) image.Image {
		picture, _, err := image.Decode(bytes.NewReader(files.files[i.FileName]))
		ExpectWithOffset(1, err).NotTo(HaveOccurred())
		ExpectWithOffset(1, picture.Bounds().Size()).To(Equal(image.Pt(i.Width, i.Height)))
		ExpectWithOffset(1, files.files[i.FileName]).To(HaveLen(int(i.Bytes)))
		return picture
	}

	It("becomes an avatar in four sizes, the largest first", func() {
		made, err := receiver.Receive(form("avatarfile", "image/png", asPNG(painted(60, 40, red))), "avatarfile", images.Avatar)
		Expect(err).NotTo(HaveOccurred())
		Expect(made).To(HaveExactElements(
			HaveField("Width", 1500), HaveField("Width", 600), HaveField("Width", 120), HaveField("Width", 48)))
		for _, i := range made {
			Expect(path.Ext(i.FileName)).To(Equal(".png"))
			Expect(color.NRGBAModel.Convert(decoded(i).At(i.Width/2, i.Height/2))).To(Equal(red))
		}
	})
	It("stays a JPEG where it is one", func() {
		raw := encoded(func(w io.Writer) error { return jpeg.Encode(w, painted(600, 100, red), nil) })
		made, err := receiver.Receive(form("bannerfile", "image/jpeg", raw), "bannerfile", images.Banner)
		Expect(err).NotTo(HaveOccurred())
		Expect(made).To(HaveExactElements(
			And(HaveField("Width", 1920), HaveField("Height", 317)), And(HaveField("Width", 600), HaveField("Height", 100))))
		Expect(path.Ext(made[0].FileName)).To(Equal(".jpg"))
		decoded(made[0])
	})
	It("stands before a darker copy of itself where it is high and its place is wide", func() {
		made, err := receiver.Receive(form("bannerfile", "image/png", asPNG(painted(100, 200, red))), "bannerfile", images.Banner)
		Expect(err).NotTo(HaveOccurred())
		banner := decoded(made[1])
		Expect(color.NRGBAModel.Convert(banner.At(300, 50))).To(Equal(red))
		Expect(color.NRGBAModel.Convert(banner.At(20, 50))).To(Equal(color.NRGBA{R: 100, A: 255}))
	})
	It("goes on moving", func() {
		blue := color.NRGBA{B: 200, A: 255}
		colours := color.Palette{red, blue}
		first, second := image.NewPaletted(image.Rect(0, 0, 40, 40), colours), image.NewPaletted(image.Rect(10, 10, 30, 30), colours)
		for i := range second.Pix {
			second.Pix[i] = 1
		}
		raw := encoded(func(w io.Writer) error {
			return gif.EncodeAll(w, &gif.GIF{Image: []*image.Paletted{first, second}, Delay: []int{7, 9}, LoopCount: 3})
		})
		made, err := receiver.Receive(form("avatarfile", "image/gif", raw), "avatarfile", images.Avatar)
		Expect(err).NotTo(HaveOccurred())
		all, err := gif.DecodeAll(bytes.NewReader(files.files[made[2].FileName]))
		Expect(err).NotTo(HaveOccurred())
		Expect(all.Delay).To(Equal([]int{7, 9}))
		Expect(all.LoopCount).To(Equal(3))
		Expect(color.NRGBAModel.Convert(all.Image[1].At(60, 60))).To(Equal(blue))
		_, _, _, alpha := all.Image[1].At(2, 2).RGBA()
		Expect(alpha).To(BeZero(), "what is as before shows through")
	})

	DescribeTable("is refused", func(contentType string, raw func() []byte) {
		_, err := receiver.Receive(form("avatarfile", contentType, raw()), "avatarfile", images.Avatar)
		Expect(err).To(MatchError(&kernel.Error{Code: kernel.CodeInvalid, Field: "avatarfile"}))
		Expect(files.files).To(BeEmpty())
	},
		Entry("as another type", "video/mp4", func() []byte { return asPNG(painted(9, 9, red)) }),
		Entry("when it is no picture", "image/png", func() []byte { return []byte("no picture") }),
		Entry("when it ends early", "image/png", func() []byte { return asPNG(painted(9, 9, red))[:60] }),
		Entry("when it ends early and moves", "image/gif", func() []byte { return []byte("GIF89a\x09\x00\x09\x00\x00\x00\x00") }),
		Entry("when it is too large", "image/png", func() []byte { return append(asPNG(painted(9, 9, red)), make([]byte, 100<<10)...) }),
		Entry("when it is empty", "image/png", func() []byte { return nil }),
		Entry("when it would unfold to too many pixels", "image/png", func() []byte {
			return asPNG(image.NewGray(image.Rect(0, 0, 8000, 8000)))
		}),
	)
	It("is refused under another name", func() {
		_, err := receiver.Receive(form("file", "image/png", asPNG(painted(9, 9, red))), "avatarfile", images.Avatar)
		Expect(err).To(MatchError(ContainSubstring("Unexpected field")))
	})
	It("leaves nothing behind when the disk is full", func() {
		files.full = 2
		_, err := receiver.Receive(form("avatarfile", "image/png", asPNG(painted(9, 9, red))), "avatarfile", images.Avatar)
		Expect(err).To(MatchError(ContainSubstring("no space left")))
		Expect(files.files).To(BeEmpty())
	})
})
