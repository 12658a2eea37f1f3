package upcast_test

import (
	"encoding/json"
	"errors"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/eventstore/upcast"
)

func TestUpcast(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Upcasters")
}

func addMember(name string) upcast.Func {
	return func(payload json.RawMessage) (json.RawMessage, error) {
		members := map[string]any{}
		if err := json.Unmarshal(payload, &members); err != nil {
			return nil, err
		}
		members[name] = true
		return json.Marshal(members)
	}
}

var _ = Describe("Raising a payload", func() {
	It("chains the steps up to today's version", func() {
		r, err := upcast.New(
			upcast.Step{Type: "video.uploaded", From: 2, Raise: addMember("second")},
			upcast.Step{Type: "video.uploaded", From: 1, Raise: addMember("first")},
		)
		Expect(err).NotTo(HaveOccurred())
		Expect(r.Check("video.uploaded", 3)).To(Succeed())
		Expect(r.Raise("video.uploaded", 1, 3, []byte(`{}`))).To(MatchJSON(`{"first":true,"second":true}`))
		Expect(r.Raise("video.uploaded", 2, 3, []byte(`{}`))).To(MatchJSON(`{"second":true}`))
	})
	It("leaves today's version alone, without any registry", func() {
		var r *upcast.Registry
		Expect(r.Raise("video.uploaded", 1, 1, []byte(`{"a": 1}`))).To(BeEquivalentTo(`{"a": 1}`))
	})
	It("says that a newer program wrote the event", func() {
		var r *upcast.Registry
		_, err := r.Raise("video.uploaded", 4, 3, []byte(`{}`))
		var newer *upcast.NewerVersion
		Expect(errors.As(err, &newer)).To(BeTrue())
		Expect(*newer).To(Equal(upcast.NewerVersion{Type: "video.uploaded", Stored: 4, Known: 3}))
	})
	It("says which step is missing", func() {
		r, err := upcast.New(upcast.Step{Type: "video.uploaded", From: 1, Raise: addMember("first")})
		Expect(err).NotTo(HaveOccurred())
		Expect(r.Check("video.uploaded", 3)).To(MatchError(&upcast.Missing{Type: "video.uploaded", From: 2}))
	})
	DescribeTable("refuses", func(steps ...upcast.Step) {
		_, err := upcast.New(steps...)
		Expect(err).To(HaveOccurred())
	},
		Entry("two steps from one version", upcast.Step{Type: "a.b", From: 1, Raise: addMember("x")}, upcast.Step{Type: "a.b", From: 1, Raise: addMember("y")}),
		Entry("a version below 1", upcast.Step{Type: "a.b", From: 0, Raise: addMember("x")}),
		Entry("no function", upcast.Step{Type: "a.b", From: 1}),
	)
})
