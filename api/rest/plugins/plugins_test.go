package plugins_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/apitest"
	"vidilog/api/rest/plugins"
	"vidilog/commands"
	commandsplugin "vidilog/commands/plugin"
	"vidilog/domain/user"
	"vidilog/internal/npm"
)

// packed is the archive of a theme.
func packed(name, version string) []byte {
	GinkgoHelper()
	var b bytes.Buffer
	zipped := gzip.NewWriter(&b)
	w := tar.NewWriter(zipped)
	for file, content := range map[string]string{
		"package.json": fmt.Sprintf(`{"name":%q,"version":%q,"description":"A theme","engine":{"peertube":">=1.3.0"},"css":["assets/a.css"],`+
			`"clientScripts":[{"script":"client/main.js","scopes":["common"]}],"staticDirs":{"images":"public/images"}}`, name, version),
		"assets/a.css": "a{}", "assets/b.css": "b{}", "client/main.js": "main", "public/images/x.png": "png", "public/secret": "s",
	} {
		Expect(w.WriteHeader(&tar.Header{Name: "package/" + file, Typeflag: tar.TypeReg, Mode: 0o644, Size: int64(len(content))})).To(Succeed())
		_, err := w.Write([]byte(content))
		Expect(err).NotTo(HaveOccurred())
	}
	Expect(w.Close()).To(Succeed())
	Expect(zipped.Close()).To(Succeed())
	return b.Bytes()
}

// registry has the themes red and blue in two versions.
func registry() *httptest.Server {
	GinkgoHelper()
	archives := map[string][]byte{}
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if archive, found := archives[r.URL.Path]; found {
			_, _ = w.Write(archive)
			return
		}
		name := strings.TrimPrefix(r.URL.Path, "/")
		if name != "peertube-theme-red" && name != "peertube-theme-blue" {
			http.NotFound(w, r)
			return
		}
		var versions []string
		for _, version := range []string{"1.0.0", "1.1.0"} {
			path := "/" + name + "-" + version + ".tgz"
			sum := sha512.Sum512(archives[path])
			versions = append(versions, fmt.Sprintf(`%q:{"dist":{"tarball":%q,"integrity":"sha512-%s"}}`, version, server.URL+path, base64.StdEncoding.EncodeToString(sum[:])))
		}
		fmt.Fprintf(w, `{"dist-tags":{"latest":"1.1.0"},"versions":{%s}}`, strings.Join(versions, ","))
	}))
	for _, name := range []string{"peertube-theme-red", "peertube-theme-blue"} {
		for _, version := range []string{"1.0.0", "1.1.0"} {
			archives["/"+name+"-"+version+".tgz"] = packed(name, version)
		}
	}
	DeferCleanup(server.Close)
	return server
}

var _ = Describe("Themes", Ordered, func() {
	var (
		administrator, moderator, ordinary commands.Caller
		folder                             string
		routes, themes                     http.Handler
	)
	BeforeAll(func(ctx SpecContext) {
		w := apitest.New(ctx)
		administrator = w.Person("boss", user.Administrator).Caller
		moderator, ordinary = w.Person("moderator", user.Moderator).Caller, w.Person("ada", user.Ordinary).Caller
		server := registry()
		folder = GinkgoT().TempDir()
		api := &plugins.API{
			Catalog: w.Catalog, Commands: commandsplugin.New(w.Bus), Registry: &npm.Client{HTTP: server.Client(), URL: server.URL}, Writes: w.Writes(),
			Folder: folder, Logger: slog.New(slog.DiscardHandler),
		}
		routes, themes = api.Router(), api.Themes()
	})
	ask := func(as commands.Caller, method, path, body string) apitest.Answer {
		return apitest.Ask(routes, as, method, "/api/v1/plugins"+path, body)
	}
	install := func(name, version string) apitest.Answer {
		return ask(administrator, http.MethodPost, "/install", fmt.Sprintf(`{"npmName":%q,"pluginVersion":%s}`, name, version))
	}
	list := func(query string) (names []string, total int) {
		GinkgoHelper()
		var answer struct {
			Total int
			Data  []struct{ Name, Version string }
		}
		ask(administrator, http.MethodGet, query, "").JSON(&answer)
		for _, p := range answer.Data {
			names = append(names, p.Name+" "+p.Version)
		}
		return names, answer.Total
	}
	file := func(path string) apitest.Answer {
		return apitest.Ask(themes, commands.Anonymous(), http.MethodGet, "/themes/"+path, "")
	}

	DescribeTable("are for administrators", func(method, path, body string) {
		Expect(ask(commands.Anonymous(), method, path, body).Status).To(Equal(http.StatusUnauthorized))
		Expect(ask(ordinary, method, path, body).Status).To(Equal(http.StatusForbidden))
		Expect(ask(moderator, method, path, body).Status).To(Equal(http.StatusForbidden))
	},
		Entry("to list", http.MethodGet, "", ""), Entry("to look at", http.MethodGet, "/peertube-theme-red", ""),
		Entry("to install", http.MethodPost, "/install", `{"npmName":"peertube-theme-red"}`), Entry("to update", http.MethodPost, "/update", `{"npmName":"peertube-theme-red"}`),
		Entry("to remove", http.MethodPost, "/uninstall", `{"npmName":"peertube-theme-red"}`))
	DescribeTable("are not installed", func(body string, status int) {
		Expect(ask(administrator, http.MethodPost, "/install", body).Problem()).To(HaveKeyWithValue("status", float64(status)))
		Expect(os.ReadDir(folder)).To(BeEmpty(), "nothing is left behind")
	},
		Entry("without a name", `{}`, 400), Entry("by a path", `{"path":"/etc"}`, 400), Entry("by a name that is none", `{"npmName":"red"}`, 400),
		Entry("by a name that leads elsewhere", `{"npmName":"peertube-theme-../x"}`, 400), Entry("that the registry does not know", `{"npmName":"peertube-theme-green"}`, 400),
		Entry("in a version that it does not know", `{"npmName":"peertube-theme-red","pluginVersion":"9.9.9"}`, 400), Entry("from half a body", `{"npmName":`, 400))
	It("are no plugins with code for the server", func() {
		Expect(install("peertube-plugin-hello", "null").Status).To(BeNumerically(">=", 400))
	})
	It("are installed, updated and taken away, and their files come and go", func() {
		a := install("peertube-theme-red", `"1.0.0"`)
		Expect(a.Status).To(Equal(http.StatusOK), a.Body)
		var installed map[string]any
		a.JSON(&installed)
		Expect(installed).To(And(HaveKeyWithValue("name", "red"), HaveKeyWithValue("type", 2.0), HaveKeyWithValue("version", "1.0.0"),
			HaveKeyWithValue("enabled", true), HaveKeyWithValue("peertubeEngine", ">=1.3.0")))
		Expect(file("red/1.0.0/css/assets/a.css").Body).To(Equal("a{}"))
		Expect(install("peertube-theme-blue", "null").Status).To(Equal(http.StatusOK))
		Expect(ask(administrator, http.MethodPost, "/update", `{"npmName":"peertube-theme-red"}`).Status).To(Equal(http.StatusOK))
		Expect(file("red/1.0.0/css/assets/a.css").Status).To(Equal(http.StatusNotFound))
		Expect(file("red/1.1.0/css/assets/a.css").Status).To(Equal(http.StatusOK))

		for query, expected := range map[string][]string{
			"": {"blue 1.1.0", "red 1.1.0"}, "?sort=-name": {"red 1.1.0", "blue 1.1.0"}, "?sort=createdAt": {"red 1.1.0", "blue 1.1.0"},
			"?sort=-updatedAt": {"red 1.1.0", "blue 1.1.0"}, "?count=1": {"blue 1.1.0"}, "?start=1": {"red 1.1.0"}, "?start=9223372036854775807": nil,
			"?pluginType=1": nil, "?pluginType=2": {"blue 1.1.0", "red 1.1.0"}, "?uninstalled=true": nil,
		} {
			names, _ := list(query)
			Expect(names).To(Equal(expected), query)
		}
		Expect(ask(administrator, http.MethodGet, "?sort=popularity", "").InvalidParams()).To(Equal([]string{"sort"}))

		Expect(ask(administrator, http.MethodPost, "/uninstall", `{"npmName":"peertube-theme-red"}`).Status).To(Equal(http.StatusNoContent))
		Expect(file("red/1.1.0/css/assets/a.css").Status).To(Equal(http.StatusNotFound))
		names, total := list("?uninstalled=true")
		Expect([]any{names, total}).To(Equal([]any{[]string{"red 1.1.0"}, 1}))
		Expect(ask(administrator, http.MethodGet, "/peertube-theme-green", "").Status).To(Equal(http.StatusNotFound))
		Expect(ask(administrator, http.MethodPost, "/uninstall", `{"npmName":"peertube-theme-green"}`).Status).To(Equal(http.StatusNotFound))
		Expect(ask(administrator, http.MethodPost, "/uninstall", `{}`).InvalidParams()).To(Equal([]string{"npmName"}))
	})
	DescribeTable("serve what the package says is for browsers", func(path string, status int) { Expect(file("blue/1.1.0/" + path).Status).To(Equal(status)) },
		Entry("its style sheet", "css/assets/a.css", 200), Entry("its script", "client-scripts/client/main.js", 200), Entry("its pictures", "static/images/x.png", 200),
		Entry("no other style sheet", "css/assets/b.css", 404), Entry("not its description", "css/package.json", 404), Entry("nothing beside its pictures", "static/secret", 404),
		Entry("no folder", "static/images/", 404))
	DescribeTable("serve nothing by way of a parent", func(path string) { Expect(file("blue/1.1.0/" + path).Status).NotTo(Equal(http.StatusOK)) },
		Entry(nil, "static/images/../secret"), Entry(nil, "static/images/%2e%2e/%2e%2e/%2e%2e/package.json"), Entry(nil, `static/images/..\secret`))
	It("keep their files in folders of their versions", func() {
		Expect(filepath.Join(folder, "peertube-theme-blue", "1.1.0", "assets", "a.css")).To(BeARegularFile())
	})
})
