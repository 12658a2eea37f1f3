package instance_test

import (
	"context"
	"encoding/json"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/commands/commandstest"
	"vidilog/commands/instance"
	"vidilog/domain/actor"
	domain "vidilog/domain/instance"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
)

var _ = Describe("The instance", func() {
	ctx := context.Background()
	var world *commandstest.World
	var handlers *instance.Handlers
	BeforeEach(func() { world = commandstest.New(); handlers = instance.New(world.Bus) })
	first := instance.Initialise{ClientID: "client", ClientSecret: "hush", PublicKey: "PEM", PrivateKeyPEM: []byte("sesame")}

	It("has no client before its first start", func() {
		_, _, found, err := handlers.Client(ctx)
		Expect(err).NotTo(HaveOccurred())
		Expect(found).To(BeFalse())
	})
	It("draws client and keys once", func() {
		Expect(handlers.Initialise(ctx, commandstest.System, first)).To(HaveField("Position", BeEquivalentTo(1)))
		Expect(handlers.Initialise(ctx, commandstest.System, instance.Initialise{ClientID: "other", ClientSecret: "other"})).NotTo(BeNil())
		id, secret, found, err := handlers.Client(ctx)
		Expect(err).NotTo(HaveOccurred())
		Expect([]any{id, secret, found}).To(Equal([]any{"client", "hush", true}))
		Expect(world.All()).To(HaveLen(1))
		Expect(string(world.All()[0].Payload)).NotTo(Or(ContainSubstring("hush"), ContainSubstring("sesame")))
		Expect(world.Holder("actor-name", "peertube")).To(Equal(kernel.TheInstance.Stream().String()))
	})
	It("records its configuration when it differs", func() {
		for _, text := range []string{`{"a":1}`, `{"a":1}`, `{"a":2}`} {
			Expect(handlers.Configure(ctx, commandstest.System, instance.Configure{Configuration: json.RawMessage(text)})).NotTo(BeNil())
		}
		Expect(world.All()).To(HaveLen(2))
	})
	It("takes changes from those who may configure it", func() {
		admin, moderator := world.Person("root", user.Administrator), world.Person("mod", user.Moderator)
		Expect(handlers.Changes(ctx)).To(BeNil())
		change := instance.Customise{Changes: json.RawMessage(`{"a":2}`), Configuration: json.RawMessage(`{"a":2,"b":1}`)}
		_, err := handlers.Customise(ctx, moderator.Caller, change)
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
		Expect(handlers.Customise(ctx, admin.Caller, change)).NotTo(BeNil())
		Expect(handlers.Changes(ctx)).To(MatchJSON(`{"a":2}`))
	})
	It("has a homepage and pictures from those who may give it some", func() {
		admin, somebody := world.Person("root", user.Administrator), world.Person("ada", user.Ordinary)
		page := instance.WriteHomepage{Content: "Hello"}
		picture := instance.ChangePicture{Kind: domain.Avatar, Images: []actor.Image{{FileName: "a.png"}}}
		_, err := handlers.WriteHomepage(ctx, somebody.Caller, page)
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
		_, err = handlers.ChangePicture(ctx, somebody.Caller, picture)
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
		before := world.Head()
		Expect(handlers.WriteHomepage(ctx, admin.Caller, page)).NotTo(BeNil())
		Expect(handlers.ChangePicture(ctx, admin.Caller, picture)).NotTo(BeNil())
		Expect(world.After(before)).To(Equal([]kernel.Event{
			domain.HomepageWritten{Content: "Hello"}, domain.PictureChanged{Kind: domain.Avatar, Images: picture.Images},
		}))
	})
	It("is nobody's but the server's", func() {
		admin := world.Person("root", user.Administrator)
		_, err := handlers.Configure(ctx, admin.Caller, instance.Configure{Configuration: json.RawMessage(`{}`)})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
		_, err = handlers.Initialise(ctx, admin.Caller, first)
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
	})
})
