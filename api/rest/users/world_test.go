package users_test

import (
	"context"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/apitest"
)

// password is everybody's.
const password = "a password of people"

// replace and without change a body.
func replace(old, by string) func(string) string {
	return func(text string) string { return strings.Replace(text, old, by, 1) }
}

func without(part string) func(string) string { return replace(part, "") }

// channelOf answers the integer of somebody's first channel.
func channelOf(ctx context.Context, w *apitest.World, name string) int64 {
	GinkgoHelper()
	ch, err := w.Catalog.Channel(ctx, name+"_channel")
	Expect(err).NotTo(HaveOccurred())
	return ch.Number
}
