package instance_test

import (
	"encoding/json"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/instance"
	"vidilog/domain/kernel"
)

var _ = Describe("Changes of an administrator", func() {
	raw := func(text string) json.RawMessage { return json.RawMessage(text) }
	files := instance.Configured{Configuration: raw(`{"name":"from files"}`)}
	customise := func(changes, inForce string) instance.Customise {
		return instance.Customise{Changes: raw(changes), Configuration: raw(inForce)}
	}

	It("are recorded with the configuration they lead to", func() {
		after := scenario.Given(files).When(customise(`{"name":"new"}`, `{"name":"new"}`)).
			Then(instance.Customised{Changes: raw(`{"name":"new"}`)}, instance.Configured{Configuration: raw(`{"name":"new"}`)})
		Expect(after.State().Changes).To(MatchJSON(`{"name":"new"}`))
	})
	It("are recorded even when the files say the same, for the files may change", func() {
		scenario.Given(files).When(customise(`{"name":"from files"}`, `{"name":"from files"}`)).
			Then(instance.Customised{Changes: raw(`{"name":"from files"}`)})
	})
	It("are recorded once", func() {
		scenario.Given(files, instance.Customised{Changes: raw(`{}`)}).When(customise(`{}`, `{"name":"from files"}`)).ThenNothing()
	})
	It("are given up by saying none", func() {
		scenario.Given(instance.Customised{Changes: raw(`{"name":"new"}`)}, instance.Configured{Configuration: raw(`{"name":"new"}`)}).
			When(customise(`{}`, `{"name":"from files"}`)).
			Then(instance.Customised{Changes: raw(`{}`)}, files)
	})
	DescribeTable("are refused as", func(changes, inForce, field string) {
		Expect(scenario.Given().When(customise(changes, inForce)).ThenError(kernel.CodeInvalid).Field).To(Equal(field))
	},
		Entry("nothing", ``, `{}`, "changes"), Entry("null", `null`, `{}`, "changes"), Entry("a list", `[]`, `{}`, "changes"),
		Entry("leading to no configuration", `{}`, ``, "configuration"))
})
