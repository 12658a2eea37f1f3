package abuses_test

import (
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

func TestAbuses(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Reports of abuse at the edge")
}
