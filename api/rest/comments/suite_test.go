package comments_test

import (
	"context"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/eventstore"
)

func TestComments(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "What people write below videos")
}

// impatient never waits for a read model.
type impatient struct{}

func (impatient) Wait(context.Context, []string, eventstore.Position) bool { return false }
