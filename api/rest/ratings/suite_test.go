package ratings_test

import (
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

func TestRatings(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "What people think of videos")
}
