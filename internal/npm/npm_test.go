package npm_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/npm"
)

func TestNPM(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Packages from a registry")
}

const description = `{"name":"peertube-theme-red","version":"1.2.3","css":["assets/a.css"],"engine":{"peertube":">=1.3.0"}}`

func archive(files ...*tar.Header) []byte {
	var b bytes.Buffer
	zipped := gzip.NewWriter(&b)
	w := tar.NewWriter(zipped)
	add := func(h *tar.Header, content string) {
		h.Size, h.Mode = int64(len(content)), 0o644
		if h.Typeflag == 0 {
			h.Typeflag = tar.TypeReg
		}
		Expect(w.WriteHeader(h)).To(Succeed())
		_, err := w.Write([]byte(content))
		Expect(err).NotTo(HaveOccurred())
	}
	add(&tar.Header{Name: "package/package.json"}, description)
	add(&tar.Header{Name: "package/assets/a.css"}, "body { color: red }")
	for _, h := range files {
		add(h, "")
	}
	Expect(w.Close()).To(Succeed())
	Expect(zipped.Close()).To(Succeed())
	return b.Bytes()
}

var _ = Describe("Fetching a package", func() {
	var (
		ctx       = context.Background()
		packed    []byte
		integrity string
		client    *npm.Client
		target    string
	)
	place := func(version string) string { return filepath.Join(target, "red", version) }
	BeforeEach(func() {
		target = GinkgoT().TempDir()
		packed = archive()
		sum := sha512.Sum512(packed)
		integrity = "sha512-" + base64.StdEncoding.EncodeToString(sum[:])
		var registry *httptest.Server
		registry = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/peertube-theme-red":
				fmt.Fprintf(w, `{"dist-tags":{"latest":"1.2.3"},"versions":{"1.2.3":{"dist":{"tarball":"%s/red.tgz","integrity":"%s"}}}}`,
					registry.URL, integrity)
			case "/red.tgz":
				_, _ = w.Write(packed)
			default:
				http.NotFound(w, r)
			}
		}))
		DeferCleanup(registry.Close)
		client = &npm.Client{HTTP: registry.Client(), URL: registry.URL}
	})
	fetch := func(version string) (npm.Package, error) {
		return client.Fetch(ctx, "peertube-theme-red", version, place)
	}

	It("unpacks the latest version", func() {
		p, err := fetch("")
		Expect(err).NotTo(HaveOccurred())
		Expect(p).To(And(HaveField("Version", "1.2.3"), HaveField("CSS", []string{"assets/a.css"}), HaveField("Integrity", integrity)))
		Expect(os.ReadFile(filepath.Join(place("1.2.3"), "assets/a.css"))).To(BeEquivalentTo("body { color: red }"))
	})
	It("may be repeated", func() {
		_, err := fetch("1.2.3")
		Expect(err).NotTo(HaveOccurred())
		_, err = fetch("1.2.3")
		Expect(err).NotTo(HaveOccurred())
		Expect(os.ReadDir(filepath.Join(target, "red"))).To(HaveLen(1), "nothing half written stays")
	})
	DescribeTable("does not know", func(name, version string) {
		_, err := client.Fetch(ctx, name, version, place)
		Expect(err).To(MatchError(npm.ErrUnknown))
	},
		Entry("another package", "peertube-theme-blue", ""), Entry("another version", "peertube-theme-red", "9.9.9"),
		Entry("a path", "../red", ""), Entry("nothing", "", ""),
	)
	It("refuses an archive with another checksum, and one without", func() {
		sum := sha512.Sum512([]byte("another"))
		integrity = "sha512-" + base64.StdEncoding.EncodeToString(sum[:])
		_, err := fetch("")
		Expect(err).To(MatchError(ContainSubstring("another checksum")))
		integrity = ""
		_, err = fetch("")
		Expect(err).To(MatchError(ContainSubstring("no SHA-512")))
		Expect(place("1.2.3")).NotTo(BeADirectory())
	})
	It("writes nothing outside its folder, and no links", func() {
		packed = archive(&tar.Header{Name: "package/../../evil.css"}, &tar.Header{Name: "/etc/evil"},
			&tar.Header{Name: "package/link", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"})
		sum := sha512.Sum512(packed)
		integrity = "sha512-" + base64.StdEncoding.EncodeToString(sum[:])
		_, err := fetch("")
		Expect(err).NotTo(HaveOccurred())
		Expect(filepath.Join(target, "evil.css")).NotTo(BeAnExistingFile())
		_, err = os.Lstat(filepath.Join(place("1.2.3"), "link"))
		Expect(err).To(MatchError(os.ErrNotExist))
	})
})
