package plugin_test

import (
	"context"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/commands/commandstest"
	commandsplugin "vidilog/commands/plugin"
	"vidilog/domain/kernel"
	"vidilog/domain/plugin"
	"vidilog/domain/user"
)

func TestPlugin(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Commands on plugins")
}

var _ = DescribeTable("Installing a theme is for", func(role user.Role, code kernel.Code) {
	world := commandstest.New()
	handlers, ctx := commandsplugin.New(world.Bus), context.Background()
	caller := world.Person("caller", role).Caller
	install := commandsplugin.Install{Package: plugin.Package{NPMName: "peertube-theme-red", Version: "0.0.5"}}
	_, err := handlers.Install(ctx, caller, install)
	Expect(kernel.CodeOf(err)).To(Equal(code))
	if code == "" {
		_, err = handlers.Uninstall(ctx, caller, commandsplugin.Uninstall{NPMName: "peertube-theme-red"})
		Expect(err).NotTo(HaveOccurred())
	}
	_, err = handlers.Uninstall(ctx, commandstest.System, commandsplugin.Uninstall{NPMName: "peertube-theme-red"})
	Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeNotFound))
},
	Entry("administrators", user.Administrator, kernel.Code("")),
	Entry("no moderators", user.Moderator, kernel.CodeForbidden), Entry("no ordinary users", user.Ordinary, kernel.CodeForbidden),
)
