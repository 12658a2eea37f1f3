package transcoding_test

import (
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

func TestTranscoding(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "The rules of transcoding")
}
