package telemetry_test

import (
	"fmt"
	"io"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/telemetry"
)

var _ = Describe("Reading the log", func() {
	It("finds lines by time, level and tags, through rotated files, the oldest first", func() {
		dir := GinkgoT().TempDir()
		logger, closer, err := telemetry.NewLogger(telemetry.LogOptions{Dir: dir, Output: io.Discard, MaxFileSize: 400, MaxFiles: 20, Level: "debug"})
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(closer.Close)
		before := time.Now()
		for n := range 10 {
			logger.Info("a line", "number", fmt.Sprintf("line %d", n), "tags", []string{fmt.Sprintf("tag%d", n)})
		}
		logger.Warn("a warning")
		after := time.Now()
		logger.Error("too late")

		read := func(q telemetry.LogQuery) (texts []string) {
			GinkgoHelper()
			q.From, q.To = before, after
			lines, err := telemetry.ReadLog(dir, q)
			Expect(err).NotTo(HaveOccurred())
			for _, line := range lines {
				texts = append(texts, string(line))
			}
			return texts
		}
		all := read(telemetry.LogQuery{Level: "info"})
		Expect(all).To(HaveLen(11))
		Expect(all[0]).To(ContainSubstring("line 0"))
		Expect(all[10]).To(ContainSubstring("a warning"))
		Expect(read(telemetry.LogQuery{Level: "warn"})).To(ConsistOf(ContainSubstring("a warning")))
		Expect(read(telemetry.LogQuery{Level: "debug", TagsOneOf: []string{"tag3"}})).To(ConsistOf(ContainSubstring("line 3")))
	})
	It("is empty where there is none", func() {
		Expect(telemetry.ReadLog(GinkgoT().TempDir(), telemetry.LogQuery{Level: "info"})).To(BeEmpty())
	})
})
