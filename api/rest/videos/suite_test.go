package videos_test

import (
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

func TestVideos(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Videos over HTTP")
}
