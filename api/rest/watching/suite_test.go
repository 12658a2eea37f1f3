package watching_test

import (
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

func TestWatching(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Watching")
}
