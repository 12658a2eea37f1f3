package viewers_test

import (
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

func TestViewers(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Viewers")
}
