package kernel_test

import (
	"errors"
	"fmt"
	"testing"
	"unicode/utf8"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
)

const someUUID = "9c9de5e8-0a1e-484a-b099-e80766180a6d"

var _ = Describe("A stream's name", func() {
	It("is kind and id, and is read back", func() {
		id, err := kernel.ParseID[kernel.VideoKind](someUUID)
		Expect(err).NotTo(HaveOccurred())
		Expect(id.Stream().String()).To(Equal("video-" + someUUID))
		Expect(kernel.ParseStreamID("video-" + someUUID)).To(Equal(id.Stream()))
	})
	DescribeTable("is refused as", func(text string) {
		_, err := kernel.ParseStreamID(text)
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeInvalid))
		Expect(err.Error()).To(ContainSubstring("write kind-id"))
	},
		Entry("nothing", ""), Entry("a kind alone", "video"), Entry("a kind without id", "video-"), Entry("an id without kind", "-x"),
	)
	DescribeTable("begins with a kind without a dash, so that it can be read up to the first one", func(stream kernel.StreamID) {
		Expect(kernel.ParseStreamID(stream.String())).To(Equal(stream))
	},
		Entry("user", kernel.UserID{}.Stream()), Entry("account", kernel.AccountID{}.Stream()),
		Entry("channel", kernel.ChannelID{}.Stream()), Entry("video", kernel.VideoID{}.Stream()),
		Entry("job", kernel.JobID{}.Stream()), Entry("storage", kernel.StorageID{}.Stream()),
		Entry("transcoding", kernel.TranscodingID{}.Stream()), Entry("instance", kernel.TheInstance.Stream()),
		Entry("views", kernel.ViewsStream(kernel.VideoID{}, "2026-11")),
	)
	It("tells the views of one month from those of another", func() {
		Expect(kernel.ViewsStream(kernel.VideoID{}, "2026-11")).NotTo(Equal(kernel.ViewsStream(kernel.VideoID{}, "2026-12")))
	})
})

var _ = Describe("An id", func() {
	It("is refused with its kind when it is no UUID", func() {
		_, err := kernel.ParseID[kernel.ChannelKind]("news")
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeInvalid))
		Expect(err.Error()).To(ContainSubstring(`"news" is not the UUID of a channel`))
	})
	It("names nothing when zero", func() {
		Expect(kernel.VideoID{}.IsZero()).To(BeTrue())
		Expect(kernel.NewID[kernel.VideoKind](uuid.MustParse(someUUID)).IsZero()).To(BeFalse())
	})
	It("derives the same from the same, another from another name or namespace", func() {
		namespace := uuid.MustParse(someUUID)
		Expect(kernel.Derive(namespace, "a")).To(Equal(kernel.Derive(namespace, "a")))
		Expect(kernel.Derive(namespace, "a")).NotTo(Equal(kernel.Derive(namespace, "b")))
		Expect(kernel.Derive(namespace, "a")).NotTo(Equal(kernel.Derive(uuid.Nil, "a")))
	})
})

var _ = Describe("An actor", func() {
	person := kernel.ByUser(kernel.NewID[kernel.UserKind](uuid.MustParse(someUUID)))

	It("is kind and id", func() {
		Expect(person.String()).To(Equal("user:" + someUUID))
		Expect(kernel.Actor{Kind: kernel.ActorAnonymous}.String()).To(Equal("anonymous"))
	})
	It("leads to the person at the start of the chain", func() {
		first := kernel.ByProcess("transcoding", person)
		Expect(first.OnBehalfOf).To(Equal("user:" + someUUID))
		Expect(kernel.ByProcess("federating", first).Person()).To(Equal("user:" + someUUID))
		Expect(kernel.ByWorker("local-1").Person()).To(Equal("worker:local-1"))
	})
})

var _ = Describe("A refusal", func() {
	It("names the field before the sentence", func() {
		Expect(kernel.Invalid("name", "has %d characters", 2)).To(MatchError("name: has 2 characters"))
		Expect(kernel.NotFound("Video not found")).To(MatchError("Video not found"))
	})
	It("keeps its code through wrapping and joining", func() {
		Expect(kernel.CodeOf(fmt.Errorf("load: %w", kernel.Conflict("no")))).To(Equal(kernel.CodeConflict))
		Expect(kernel.CodeOf(errors.Join(nil, kernel.Forbidden("no")))).To(Equal(kernel.CodeForbidden))
	})
	It("is not what every error is", func() {
		Expect(kernel.CodeOf(errors.New("disk full"))).To(BeEmpty())
		Expect(kernel.CodeOf(nil)).To(BeEmpty())
	})
	It("matches by code, and by field and sentence where they are asked for", func() {
		err := error(kernel.Invalid("name", "is empty"))
		Expect(err).To(MatchError(&kernel.Error{Code: kernel.CodeInvalid}))
		Expect(err).To(MatchError(&kernel.Error{Code: kernel.CodeInvalid, Field: "name"}))
		Expect(errors.Is(err, &kernel.Error{Code: kernel.CodeInvalid, Field: "tags"})).To(BeFalse())
		Expect(errors.Is(err, &kernel.Error{Code: kernel.CodeNotFound})).To(BeFalse())
	})
	It("takes PeerTube's code without changing the one it was made from", func() {
		plain := kernel.Conflict("no")
		Expect(plain.WithAPICode("quota_reached").APICode).To(Equal("quota_reached"))
		Expect(plain.APICode).To(BeEmpty())
	})
})

var _ = DescribeTable("Text from outside is made storable", func(text, expected string) {
	Expect(kernel.CleanText(text)).To(Equal(expected))
},
	Entry("plain text stays", "Grüße 👋\n", "Grüße 👋\n"),
	Entry("zero bytes go", "a\x00b\x00", "ab"),
	Entry("bytes that are no UTF-8 are marked", "a\xffb", "a\uFFFDb"),
)

func FuzzCleanText(f *testing.F) {
	f.Add("a\x00b")
	f.Add("\xff\xfe")
	f.Fuzz(func(t *testing.T, text string) {
		clean := kernel.CleanText(text)
		if !utf8.ValidString(clean) {
			t.Fatalf("%q is no UTF-8", clean)
		}
		for i := range clean {
			if clean[i] == 0 {
				t.Fatalf("%q holds a zero byte", clean)
			}
		}
		if kernel.CleanText(clean) != clean {
			t.Fatalf("cleaning %q again changed it", clean)
		}
	})
}
