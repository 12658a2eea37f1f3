package configuration_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/authn"
	"vidilog/api/rest/configuration"
	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/eventstore"
	"vidilog/internal/config"
	"vidilog/projections/catalog"
)

// files is a configuration without a log: changes go where the log would bring them.
type files struct {
	sources config.Sources
	inForce *config.Config
}

func (f *files) Current() *config.Config { return f.inForce }

func (f *files) Change(_ context.Context, _ commands.Caller, changes map[string]any) error {
	text, err := json.Marshal(changes)
	if err != nil {
		return err
	}
	f.sources.Changes = text
	return f.load()
}

// load keeps what was in force when the changes lead to no sound configuration.
func (f *files) load() error {
	c, _, err := config.Load(f.sources)
	if err != nil {
		return kernel.Refuse(kernel.CodeInvalid, "%v", err)
	}
	f.inForce = c
	return nil
}

var _ = Describe("PUT /api/v1/config/custom", func() {
	var api *configuration.API
	var inForce *files
	var own catalog.Own
	administrator := commands.ForUser(kernel.UserID{UUID: uuid.New()}, user.Administrator)

	BeforeEach(func() {
		inForce = &files{sources: config.Sources{Lookup: func(string) (string, bool) { return "", false }}}
		Expect(inForce.load()).To(Succeed())
		api = &configuration.API{
			Live: inForce, Extensions: func() []string { return nil }, Own: func(context.Context) (catalog.Own, error) { return own, nil }, Position: func() eventstore.Position { return 0 },
			Users: func(context.Context) (int, error) { return 4, nil },
		}
	})
	ask := func(caller commands.Caller, method, path, body string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, path, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		api.Router().ServeHTTP(w, r.WithContext(authn.As(r.Context(), caller)))
		return w
	}
	current := func() map[string]any {
		w := ask(administrator, http.MethodGet, "/api/v1/config/custom", "")
		Expect(w.Code).To(Equal(http.StatusOK))
		var answer map[string]any
		Expect(json.Unmarshal(w.Body.Bytes(), &answer)).To(Succeed())
		return answer
	}
	put := func(change func(map[string]any)) *httptest.ResponseRecorder {
		body := current()
		change(body)
		text, err := json.Marshal(body)
		Expect(err).NotTo(HaveOccurred())
		return ask(administrator, http.MethodPut, "/api/v1/config/custom", string(text))
	}
	section := func(tree map[string]any, names ...string) map[string]any {
		for _, name := range names {
			tree = tree[name].(map[string]any)
		}
		return tree
	}

	It("takes effect at once and is answered", func() {
		w := put(func(body map[string]any) {
			section(body, "instance")["name"] = "Renamed"
			section(body, "instance")["defaultNSFWPolicy"] = "blur"
			section(body, "user")["videoQuota"] = "1000"
			section(body, "live")["maxDuration"] = 5000
			section(body, "transcoding", "resolutions")["480p"] = false
		})
		Expect(w.Code).To(Equal(http.StatusOK), w.Body.String())
		c := inForce.Current()
		Expect([]any{c.Instance.Name, c.Instance.DefaultNSFWPolicy, c.User.VideoQuota, c.Live.MaxDuration.Seconds()}).
			To(Equal([]any{"Renamed", "blur", config.Bytes(1000), 5.0}))
		Expect(section(current(), "live")["maxDuration"]).To(BeEquivalentTo(5000))
		Expect(section(current(), "transcoding", "resolutions")["480p"]).To(BeFalse())
	})
	It("is undone by DELETE", func() {
		before := current()
		put(func(body map[string]any) { section(body, "instance")["name"] = "Renamed" })
		Expect(ask(administrator, http.MethodDelete, "/api/v1/config/custom", "").Code).To(Equal(http.StatusOK))
		Expect(current()).To(Equal(before))
	})
	It("changes no key that is not PeerTube's to change", func() {
		put(func(body map[string]any) {
			body["webserver"] = map[string]any{"hostname": "elsewhere.example"}
			body["vidilog"] = map[string]any{"data": "/elsewhere"}
		})
		Expect(string(inForce.sources.Changes)).NotTo(ContainSubstring("elsewhere"))
	})
	DescribeTable("is refused", func(change func(map[string]any), named string) {
		w := put(change)
		Expect(w.Code).To(Equal(http.StatusBadRequest))
		Expect(w.Body.String()).To(ContainSubstring(named))
	},
		Entry("without a key", func(b map[string]any) { delete(section(b, "admin"), "email") }, `"admin.email"`),
		Entry("with a word for a number", func(b map[string]any) { section(b, "signup")["limit"] = "many" }, `"signup.limit"`),
		Entry("with an unknown policy", func(b map[string]any) { section(b, "instance")["defaultNSFWPolicy"] = "hello" }, `"instance.defaultNSFWPolicy"`),
		Entry("with an unknown theme", func(b map[string]any) { section(b, "theme")["default"] = "dark" }, `"theme.default"`),
		Entry("asking for mail without a mail server",
			func(b map[string]any) { section(b, "signup")["requiresEmailVerification"] = true }, "SMTP is not configured"),
		Entry("transcoding to nothing", func(b map[string]any) {
			section(b, "transcoding", "hls")["enabled"], section(b, "transcoding", "webVideos")["enabled"] = false, false
		}, "at least web_videos"),
	)
	It("is refused where the files have the last word", func() {
		inForce.inForce.WebAdmin.Configuration.Edition.Allowed = false
		Expect(put(func(map[string]any) {}).Code).To(Equal(http.StatusMethodNotAllowed))
	})
	DescribeTable("is for those who may configure the instance", func(method string) {
		Expect(ask(commands.Anonymous(), method, "/api/v1/config/custom", "{}").Code).To(Equal(http.StatusUnauthorized))
		moderator := commands.ForUser(kernel.UserID{UUID: uuid.New()}, user.Moderator)
		Expect(ask(moderator, method, "/api/v1/config/custom", "{}").Code).To(Equal(http.StatusForbidden))
	}, Entry(nil, http.MethodGet), Entry(nil, http.MethodPut), Entry(nil, http.MethodDelete))
	It("carries the change into pages", func() {
		before, err := api.HTML()
		Expect(err).NotTo(HaveOccurred())
		put(func(body map[string]any) { section(body, "instance")["name"] = "Renamed" })
		after, err := api.HTML()
		Expect(err).NotTo(HaveOccurred())
		Expect(string(before)).NotTo(ContainSubstring("Renamed"))
		Expect(string(after)).To(ContainSubstring(`"name":"Renamed"`))
	})
	It("closes registration when as many have come as may", func() {
		allowed := func() any {
			w := ask(commands.Anonymous(), http.MethodGet, "/api/v1/config", "")
			var answer map[string]any
			Expect(json.Unmarshal(w.Body.Bytes(), &answer)).To(Succeed())
			return section(answer, "signup")["allowed"]
		}
		inForce.inForce.Signup.Enabled, inForce.inForce.Signup.Limit = true, 5
		Expect(allowed()).To(BeTrue())
		inForce.inForce.Signup.Limit = 4
		Expect(allowed()).To(BeFalse())
	})
})
