package downloads_test

import (
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

func TestDownloads(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Downloads")
}
