package telemetry_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/telemetry"
)

var _ = Describe("The log of a busy server", func() {
	var (
		console *os.File
		dir     string
		logger  *slog.Logger
		end     func() error
	)
	BeforeEach(func() {
		dir = GinkgoT().TempDir()
		var err error
		console, err = os.Create(filepath.Join(dir, "console"))
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(console.Close)
		l, closer, err := telemetry.NewLogger(telemetry.LogOptions{Format: "text", Output: console, Dir: dir, MaxFileSize: 2000, MaxFiles: 50})
		Expect(err).NotTo(HaveOccurred())
		logger, end = l, closer.Close
	})
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join(dir, name))
		Expect(err).NotTo(HaveOccurred())
		return string(text)
	}

	It("is written soon", func() {
		logger.Info("first")
		Eventually(func() string { return read("console") }).Should(ContainSubstring("first"))
		Eventually(func() string { return read(telemetry.LogFileName) }).Should(ContainSubstring("first"))
		Expect(end()).To(Succeed())
	})
	It("is written at once when there is trouble, with what came before", func() {
		logger.With("part", "a").Info("first")
		logger.With("part", "a").Warn("second")
		for _, name := range []string{"console", telemetry.LogFileName} {
			Expect(read(name)).To(MatchRegexp(`(?s)first.*second`))
		}
		Expect(end()).To(Succeed())
	})
	It("is written for those who want to read it", func() {
		logger.Info("first")
		telemetry.Flush(logger)
		Expect(read(telemetry.LogFileName)).To(ContainSubstring("first"))
		Expect(end()).To(Succeed())
	})
	It("loses nothing at the end, nor what is said after it, and splits no line between files", func() {
		for range 200 {
			logger.Info("a line of some length, as there are many")
		}
		Expect(end()).To(Succeed())
		logger.Info("good bye")
		Expect(strings.Count(read("console"), "\n")).To(Equal(201))
		files, err := filepath.Glob(filepath.Join(dir, "peertube*.log"))
		Expect(err).NotTo(HaveOccurred())
		lines := 0
		for _, file := range files {
			text := read(filepath.Base(file))
			Expect(len(text)).To(BeNumerically("<=", 2000))
			for line := range strings.Lines(text) {
				Expect(line).To(And(HavePrefix("{"), HaveSuffix("}\n")))
				lines++
			}
		}
		Expect(lines).To(Equal(200))
	})
})
