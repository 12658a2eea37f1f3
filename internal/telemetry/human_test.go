package telemetry

import (
	"bytes"
	"log/slog"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

var _ = Describe("The log at a terminal", func() {
	It("shows level, message and attributes on one line, and no secret", func() {
		var output bytes.Buffer
		logger := slog.New(newHumanHandler(&output, slog.LevelInfo)).With("part", "a")
		logger.Warn("disk is nearly full", "left", "2 GB", "token", "hush")
		logger.Debug("unseen")
		Expect(output.String()).To(And(
			ContainSubstring("warn "), ContainSubstring("disk is nearly full"), ContainSubstring(`part=a left="2 GB" token=[redacted]`),
			HaveSuffix("\n"), Not(ContainSubstring("hush")), Not(ContainSubstring("unseen"))))
	})
})
