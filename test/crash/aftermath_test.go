package crash_test

import (
	"context"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/test/e2e/instance"
)

// expectVideo holds a video against all or nothing: published with every file that it names, or not there at all.
func expectVideo(ctx context.Context, name string, exists bool) {
	GinkgoHelper()
	if !exists {
		Expect(named(ctx, name)).To(BeEmpty())
		return
	}
	Expect(root.Complete(ctx, find(ctx, name).UUID)).To(Succeed())
}

// expectOrder reconciles once; then disk equals manifest.
func expectOrder(ctx context.Context) {
	GinkgoHelper()
	_, err := house.Reconcile(ctx)
	Expect(err).NotTo(HaveOccurred())
	expectDisk(house.CheckFiles(ctx))
}

// expectNothingLeftToDo holds the read models against a replay and starts the server a second time: nothing changes, in the
// log, in a read model or on the disk.
func expectNothingLeftToDo(ctx context.Context) {
	GinkgoHelper()
	before := replay(ctx)
	restart(ctx)
	expectDisk(house.Reconcile(ctx))
	Expect(replay(ctx)).To(Equal(before), "the second start")
}

func expectDisk(report instance.FilesReport, err error) {
	GinkgoHelper()
	Expect(err).NotTo(HaveOccurred())
	Expect(report.Missing).To(BeEmpty(), "files that must exist")
	Expect(report.Leftovers).To(BeEmpty(), "files that nothing refers to")
	Expect(report.Young).To(BeZero())
}

// replay checks the log, holds all read models against a replay of it and answers their digests and positions.
func replay(ctx context.Context) []instance.Verified {
	GinkgoHelper()
	said, err := house.Run(ctx, "events", "verify")
	Expect(err).NotTo(HaveOccurred(), said)
	models, err := house.Verify(ctx)
	Expect(err).NotTo(HaveOccurred())
	Expect(models).To(HaveEach(HaveField("Same", true)))
	return models
}
