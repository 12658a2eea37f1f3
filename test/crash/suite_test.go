package crash_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/test/e2e/instance"
	"vidilog/workers/media/mediatest"
)

func TestCrash(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills real servers for minutes")
	}
	RegisterFailHandler(Fail)
	RunSpecs(t, "Crashes", Label("crash"))
}

var (
	// house is the one instance of all specs: what earlier crashes have left is there when the next one happens.
	house *instance.Instance
	// root is its root user's client; sessions outlive crashes too.
	root *instance.Client
	// film has one resolution and plays as it is: one job copies it, one makes its HLS.
	film string
)

var _ = BeforeSuite(func(ctx SpecContext) {
	film = mediatest.Video(GinkgoT(), mediatest.Spec{Audio: "aac"})
	folder, err := instance.Folder()
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(os.RemoveAll, folder)
	binary, err := instance.Build(ctx, folder)
	Expect(err).NotTo(HaveOccurred())
	Expect(os.Mkdir(filepath.Join(folder, "crash"), 0o755)).To(Succeed())
	house, err = instance.New(ctx, binary, filepath.Join(folder, "crash"))
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(house.CleanUp)
	Expect(house.Start()).To(Succeed())
	root, err = house.LogIn(ctx)
	Expect(err).NotTo(HaveOccurred())
	settle(ctx)
})

var _ = AfterEach(func(ctx SpecContext) {
	if CurrentSpecReport().Failed() {
		restart(ctx) // what is wrong now must not look like the next crash's fault
	}
}, NodeTimeout(3*time.Minute))

var _ = ReportAfterEach(func(report SpecReport) {
	if report.Failed() && house != nil {
		GinkgoWriter.Println("The last the server said:\n" + house.Log(60))
	}
})
