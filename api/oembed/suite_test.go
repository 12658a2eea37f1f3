package oembed_test

import (
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

func TestOEmbed(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Embedding elsewhere")
}
