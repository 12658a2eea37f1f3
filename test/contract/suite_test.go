package contract_test

import (
	"os"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/test/contract"
	"vidilog/test/e2e/instance"
	"vidilog/workers/media/mediatest"
)

func TestContract(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a real server")
	}
	RegisterFailHandler(Fail)
	RunSpecs(t, "Contract")
}

// OtherDocument names a second document to hold the answers against; deviations.yaml lists what is known to differ from it.
const OtherDocument = "CONTRACT"

var (
	town     *world
	ours     *contract.Document
	recorder contract.Recorder
)

// unlimited is a configuration in which the suite's thousands of requests are not too many, and nothing is transcoded that no row asks for.
const unlimited = `NODE_CONFIG={"rates_limit":{"api":{"max":1000000},"login":{"max":1000},"signup":{"max":1000},` +
	`"receive_client_log":{"max":1000},"download_generate_video":{"max":1000}},"signup":{"enabled":true,"requires_approval":false,"limit":-1},"video_channels":{"max_per_user":1000},` +
	`"transcoding":{"enabled":false},"video_file":{"update":{"enabled":true}}}`

var _ = BeforeSuite(func(ctx SpecContext) {
	var err error
	ours, err = contract.Ours()
	Expect(err).NotTo(HaveOccurred())
	Expect(ours.Validate(ctx)).To(Succeed())
	folder, err := instance.Folder()
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(os.RemoveAll, folder)
	binary, err := instance.Build(ctx, folder)
	Expect(err).NotTo(HaveOccurred())
	i, err := instance.New(ctx, binary, folder)
	Expect(err).NotTo(HaveOccurred())
	i.Observe = recorder.Observe
	DeferCleanup(recorder.Keep)
	DeferCleanup(i.CleanUp)
	Expect(i.Start(unlimited)).To(Succeed())
	town = &world{Instance: i, film: mediatest.Video(GinkgoT(), mediatest.Spec{})}
	Expect(town.populate(ctx)).To(Succeed())
}, NodeTimeout(3*time.Minute))
