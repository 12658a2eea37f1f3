package abuse_test

import (
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

func TestAbuse(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Commands on reports of abuse")
}
