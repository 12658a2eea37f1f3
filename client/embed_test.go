package client

import (
	"io/fs"
	"testing"
	"testing/fstest"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

func TestClient(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Embedded web client")
}

var _ = Describe("The embedded web client", func() {
	page := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

	It("is the built one when dist/app has an index.html", func() {
		files, built := choose(fstest.MapFS{
			"placeholder.html":  page("not built"),
			"app/index.html":    page("the client"),
			"app/assets/app.js": page("code"),
		})

		Expect(built).To(BeTrue())
		Expect(fs.ReadFile(files, "index.html")).To(BeEquivalentTo("the client"))
		Expect(fs.ReadFile(files, "assets/app.js")).To(BeEquivalentTo("code"))
	})

	DescribeTable("is the placeholder page alone when there is",
		func(folder fstest.MapFS) {
			folder["placeholder.html"] = page("not built")

			files, built := choose(folder)

			Expect(built).To(BeFalse())
			Expect(fs.ReadFile(files, "index.html")).To(BeEquivalentTo("not built"))
			_, err := fs.Stat(files, "placeholder.html")
			Expect(err).To(MatchError(fs.ErrNotExist))
			_, err = fs.Stat(files, "assets/app.js")
			Expect(err).To(MatchError(fs.ErrNotExist))
		},
		Entry("no dist/app", fstest.MapFS{}),
		Entry("a dist/app that a broken build left without index.html",
			fstest.MapFS{"app/assets/app.js": page("code")}),
	)

	It("has, in this very binary, an index page with the places the server fills", func() {
		files, built := FS()

		index, err := fs.ReadFile(files, "index.html")
		Expect(err).NotTo(HaveOccurred())
		Expect(string(index)).To(And(
			ContainSubstring("<!-- title tag -->"),
			ContainSubstring("<!-- description tag -->"),
			ContainSubstring("<!-- meta tags -->"),
		))
		if !built {
			Expect(string(index)).To(ContainSubstring("make client"))
			return
		}
		Expect(string(index)).To(And(
			ContainSubstring("<!-- custom css tag -->"),
			ContainSubstring("<!-- server config -->"),
			ContainSubstring(`src="/client/assets/`),
		))
	})
})
