package sources_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"testing"

	"github.com/gorilla/mux"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/apitest"
	"vidilog/api/rest/access"
	"vidilog/api/rest/sources"
	"vidilog/commands/commandstest"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/internal/storage"
)

func TestSources(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Sources of videos")
}

var _ = Describe("The file that a video was made of", func() {
	var (
		w      *apitest.World
		ada    commandstest.Person
		router *mux.Router
		asked  []storage.Location
		failed error
	)
	BeforeEach(func(ctx SpecContext) {
		w = apitest.New(ctx)
		ada = w.Person("ada", user.Ordinary)
		asked, failed = nil, nil
		api := &sources.API{
			Site: apitest.Site, Access: &access.Guard{Catalog: w.Catalog}, Catalog: w.Catalog, Commands: commandsvideo.New(w.Bus),
			Writes: w.Writes(),
			Describe: func(_ context.Context, file storage.Location) (json.RawMessage, error) {
				asked = append(asked, file)
				return json.RawMessage(`{"format":{"tags":{"title":"Home"}},"streams":[],"chapters":[]}`), failed
			},
		}
		router = mux.NewRouter()
		api.Routes(router)
	})
	metadata := func(v string) (shown map[string]any) {
		GinkgoHelper()
		answer := apitest.Ask(router, ada.Caller, http.MethodGet, "/api/v1/videos/"+v+"/source", "")
		Expect(answer.Status).To(Equal(http.StatusOK), answer.Body)
		var source struct {
			Metadata map[string]any `json:"metadata"`
		}
		answer.JSON(&source)
		return source.Metadata
	}
	kept := func(u *commandsvideo.Upload) { u.Kept = "kept.mkv" }
	found := And(HaveKeyWithValue("format", HaveKeyWithValue("format_name", "matroska,webm")), HaveKeyWithValue("streams", HaveLen(2)))

	It("is described in all of ffprobe's words while it is kept", func(ctx SpecContext) {
		v := w.Show(ctx, ada, video.Public, kept)
		Expect(metadata(v.ID.String())).To(HaveKeyWithValue("format", HaveKey("tags")))
		Expect(asked).To(Equal([]storage.Location{{Kind: storage.OriginalVideoFile, Name: "kept.mkv"}}))
	})
	It("is described by what the upload has found out when it is gone", func(ctx SpecContext) {
		v := w.Show(ctx, ada, video.Public)
		Expect(metadata(v.ID.String())).To(found)
		Expect(asked).To(BeEmpty())
	})
	It("is so too when it cannot be looked at", func(ctx SpecContext) {
		v := w.Show(ctx, ada, video.Public, kept)
		failed = errors.New("no such file")
		Expect(metadata(v.ID.String())).To(found)
	})
})
