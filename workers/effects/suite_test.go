package effects_test

import (
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

func TestEffects(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Effects")
}
