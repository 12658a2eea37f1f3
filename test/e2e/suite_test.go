package e2e_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/test/contract"
	"vidilog/test/e2e/instance"
)

func TestEndToEnd(t *testing.T) {
	if testing.Short() {
		t.Skip("starts real servers and a browser")
	}
	RegisterFailHandler(Fail)
	RunSpecs(t, "End to end", Label("e2e"))
}

var (
	folder, binary string
	// described is what the API promises; every answer of these tests is held against it.
	described *contract.Document
)

var _ = BeforeSuite(func(ctx SpecContext) {
	var err error
	described, err = contract.Ours()
	Expect(err).NotTo(HaveOccurred())
	folder, err = instance.Folder()
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(os.RemoveAll, folder)
	binary, err = instance.Build(ctx, folder)
	Expect(err).NotTo(HaveOccurred())
})

// house is a running instance with an empty log, and its root user's client.
type house struct {
	*instance.Instance
	root *instance.Client
}

// begin starts an instance for the specs of one container.
func begin(ctx context.Context, name string) *house {
	GinkgoHelper()
	place := filepath.Join(folder, name)
	Expect(os.Mkdir(place, 0o755)).To(Succeed())
	i, err := instance.New(ctx, binary, place)
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(i.CleanUp)
	var answers contract.Recorder
	i.Observe = answers.Observe
	DeferCleanup(func(ctx SpecContext) {
		Expect(answers.Keep()).To(Succeed())
		Expect(answers.Deviations(ctx, described)).To(BeEmpty(), "answers that are not as the document describes them")
	})
	DeferCleanup(func() {
		if CurrentSpecReport().Failed() {
			GinkgoWriter.Println("The last the server said:\n" + i.Log(40))
		}
		Expect(i.Stop()).To(Succeed())
		Expect(i.Processes()).To(BeEmpty())
	})
	Expect(i.Start()).To(Succeed())
	root, err := i.LogIn(ctx)
	Expect(err).NotTo(HaveOccurred())
	return &house{i, root}
}

// publish uploads a film and waits until everything that follows from it is done.
func (h *house) publish(ctx context.Context, film, name string, more ...string) instance.Video {
	GinkgoHelper()
	uploaded, err := h.root.Upload(ctx, film, name, more...)
	Expect(err).NotTo(HaveOccurred())
	Eventually(h.root.Complete).WithContext(ctx).WithArguments(uploaded.UUID).WithTimeout(2 * time.Minute).WithPolling(200 * time.Millisecond).
		Should(Succeed())
	Eventually(h.root.Pending).WithContext(ctx).WithTimeout(time.Minute).WithPolling(100 * time.Millisecond).Should(BeZero())
	v, err := h.root.Video(ctx, uploaded.UUID)
	Expect(err).NotTo(HaveOccurred())
	return v
}
