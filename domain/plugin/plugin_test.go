package plugin_test

import (
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/domaintest"
	"vidilog/domain/kernel"
	"vidilog/domain/plugin"
)

func TestPlugin(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Plugins")
}

var _ = Describe("A theme", func() {
	scenario := domaintest.For[plugin.Plugin]()
	red := plugin.Package{NPMName: "peertube-theme-red", Version: "0.0.5", CSS: []string{"a.css"}}
	installed := plugin.Installed{Package: red}
	newer := red
	newer.Version = "0.0.6"

	It("is installed, and exchanged for another version", func() {
		scenario.Given().When(plugin.Install{Package: red}).Then(installed)
		scenario.Given(installed).When(plugin.Install{Package: red}).ThenNothing()
		scenario.Given(installed).When(plugin.Install{Package: newer}).Then(plugin.Installed{Package: newer})
	})
	It("is uninstalled once, and may come back", func() {
		gone := plugin.Uninstalled{NPMName: "peertube-theme-red"}
		scenario.Given(installed).When(plugin.Uninstall{}).Then(gone)
		scenario.Given(installed, gone).When(plugin.Uninstall{}).ThenError(kernel.CodeNotFound)
		scenario.Given(installed, gone).When(plugin.Install{Package: red}).Then(installed)
	})
	It("is known by its name", func() {
		Expect(plugin.TypeOf("peertube-theme-red")).To(Equal(plugin.Theme))
		Expect(plugin.TypeOf("peertube-plugin-ldap")).To(Equal(plugin.Extension))
		Expect(plugin.ShortName("peertube-theme-red")).To(Equal("red"))
	})
	DescribeTable("is refused as", func(name string) {
		refusal := scenario.Given().When(plugin.Install{Package: plugin.Package{NPMName: name, Version: "1.0.0"}}).ThenError(kernel.CodeInvalid)
		Expect(refusal.Detail).NotTo(BeEmpty())
	},
		Entry("a plugin with code for the server", "peertube-plugin-ldap"), Entry("another package", "left-pad"),
		Entry("a path", "peertube-theme-../../etc"), Entry("nothing", ""),
	)
})
