package commands_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/commands"
	"vidilog/commands/commandstest"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/eventstore"
)

func TestCommands(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "The command bus")
}

// board is a little aggregate of the tests: notes of which none may be there twice.
type board struct{ Notes []string }

type noted struct {
	Text string `json:"text"`
}

func (noted) EventType() string { return "test.noted" }

func (b board) Apply(e kernel.Event) board {
	if e, ok := e.(noted); ok {
		b.Notes = append(b.Notes[:len(b.Notes):len(b.Notes)], e.Text)
	}
	return b
}

type note struct{ text string }

func (n note) Decide(b board) ([]kernel.Event, error) {
	for _, text := range b.Notes {
		if text == n.text {
			return nil, kernel.Conflict("%s is noted already", n.text)
		}
	}
	return []kernel.Event{noted{Text: n.text}}, nil
}

type pin struct {
	Board string `json:"board"`
	Text  string `json:"text"`
	// Secret does not count for repeats.
	Secret string `json:"-"`
}

type pinned struct {
	Notes int `json:"notes"`
}

func boardOf(name string) kernel.StreamID { return kernel.StreamID{Kind: "board", ID: name} }

// pinning is the command of most specifications here.
func pinning(needs commands.Requirement) commands.Spec[pin, pinned] {
	return commands.Spec[pin, pinned]{
		Type: "board.pin", Needs: needs,
		Validate: func(c pin) error {
			if c.Text == "" {
				return kernel.Invalid("text", "is empty")
			}
			return nil
		},
		Handle: func(ctx context.Context, w *commands.Work, c pin) (pinned, error) {
			if c.Board == "" {
				return pinned{}, kernel.NotFound("Board not found")
			}
			if _, err := commands.Decide[board](ctx, w, boardOf(c.Board), note{c.Text}); err != nil {
				return pinned{}, err
			}
			b, err := commands.Load[board](ctx, w, boardOf(c.Board))
			return pinned{Notes: len(b.Notes)}, err
		},
	}
}

func handling(handle func(ctx context.Context, w *commands.Work) error) commands.Spec[pin, struct{}] {
	return commands.Spec[pin, struct{}]{Type: "board.try", Needs: commands.ByAnyone(), Handle: func(ctx context.Context, w *commands.Work, _ pin) (struct{}, error) {
		return struct{}{}, handle(ctx, w)
	}}
}

var (
	world *commandstest.World
	ann   = commands.ForUser(kernel.UserID{UUID: uuid.MustParse("00000000-0000-4000-8000-00000000000a")}, user.Ordinary)
	mod   = commands.ForUser(kernel.UserID{UUID: uuid.MustParse("00000000-0000-4000-8000-00000000000b")}, user.Moderator)
)

var _ = BeforeEach(func() { world = commandstest.New(noted{}) })

func texts() (list []string) {
	for _, e := range world.Of(boardOf("b")) {
		list = append(list, e.(noted).Text)
	}
	return list
}

func run[C, R any](caller commands.Caller, s commands.Spec[C, R], c C) (commands.Outcome[R], error) {
	return commands.Run(context.Background(), world.Bus, caller, s, c)
}

var _ = Describe("The pipeline", func() {
	DescribeTable("admits", func(caller commands.Caller, needs commands.Requirement, code kernel.Code) {
		_, err := run(caller, pinning(needs), pin{Board: "b", Text: "a"})
		Expect(kernel.CodeOf(err)).To(Equal(code))
		if code == "" {
			Expect(err).NotTo(HaveOccurred())
		}
	},
		Entry("anybody where anyone may", commands.Anonymous(), commands.ByAnyone(), kernel.Code("")),
		Entry("nobody unknown where a user is needed: 401", commands.Anonymous(), commands.ByUser(), kernel.CodeUnauthenticated),
		Entry("a user where a user is needed", ann, commands.ByUser(), kernel.Code("")),
		Entry("nobody unknown where a right is needed: 401", commands.Anonymous(), commands.ByRight(user.RightManageJobs), kernel.CodeUnauthenticated),
		Entry("nobody whose role lacks the right: 403", mod, commands.ByRight(user.RightManageJobs), kernel.CodeForbidden),
		Entry("those whose role has the right", mod, commands.ByRight(user.RightManageUsers), kernel.Code("")),
		Entry("no user where only the server may: 403", mod, commands.ByServer(), kernel.CodeForbidden),
		Entry("nobody unknown where only the server may: 401", commands.Anonymous(), commands.ByServer(), kernel.CodeUnauthenticated),
		Entry("nobody but the server where nothing is said", mod, commands.Requirement{}, kernel.CodeForbidden),
		Entry("the server everywhere", commandstest.System, commands.ByRight(user.RightManageJobs), kernel.Code("")),
		Entry("processes as the server", commands.Internal(kernel.ByProcess("p", ann.Actor)), commands.ByServer(), kernel.Code("")),
		Entry("workers as the server", commands.Internal(kernel.ByWorker("w")), commands.ByServer(), kernel.Code("")),
		Entry("no actor of another instance", commands.Internal(kernel.Actor{Kind: kernel.ActorRemote, ID: "https://x"}), commands.ByUser(), kernel.CodeUnauthenticated),
	)

	It("refuses what is wrong in itself (400), what is missing (404) and what stands against it (409)", func() {
		pinning := pinning(commands.ByUser())
		_, err := run(ann, pinning, pin{Board: "b"})
		Expect(err).To(MatchError(&kernel.Error{Code: kernel.CodeInvalid, Field: "text"}))
		_, err = run(ann, pinning, pin{Text: "a"})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeNotFound))
		Expect(run(ann, pinning, pin{Board: "b", Text: "a"})).To(HaveField("Result.Notes", 1))
		_, err = run(ann, pinning, pin{Board: "b", Text: "a"})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeConflict))
		Expect(texts()).To(Equal([]string{"a"}))
	})
	It("says who may not before it says what is wrong", func() {
		_, err := run(commands.Anonymous(), pinning(commands.ByUser()), pin{})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeUnauthenticated))
	})

	It("records who did it, on what request, from where", func() {
		caller := ann
		caller.CommandID, caller.Correlation, caller.Address, caller.UserAgent = "c1", uuid.New(), "203.0.113.9", "Browser/1.0"
		outcome, err := run(caller, pinning(commands.ByUser()), pin{Board: "b", Text: "a"})
		Expect(err).NotTo(HaveOccurred())
		Expect(outcome.Position).To(Equal(eventstore.Position(1)))
		e := world.All()[0]
		Expect(e).To(And(HaveField("Actor", ann.Actor), HaveField("CommandID", "c1"), HaveField("Correlation", caller.Correlation)))
		Expect(string(e.Origin)).NotTo(ContainSubstring("203.0.113.9"))
		origin, err := world.Codec.OpenOrigin("c1", e.Origin)
		Expect(err).NotTo(HaveOccurred())
		Expect(string(origin.Address + " " + origin.UserAgent)).To(Equal("203.0.113.9 Browser/1.0"))
	})
	It("gives a request without one a correlation and a command id", func() {
		Expect(run(ann, pinning(commands.ByUser()), pin{Board: "b", Text: "a"})).NotTo(BeNil())
		e := world.All()[0]
		Expect(e.Correlation).NotTo(Equal(uuid.Nil))
		Expect(e.CommandID).NotTo(BeEmpty())
	})
	It("answers the head for a command that changes nothing", func() {
		Expect(run(ann, pinning(commands.ByUser()), pin{Board: "b", Text: "a"})).To(HaveField("Position", eventstore.Position(1)))
		Expect(run(ann, handling(func(context.Context, *commands.Work) error { return nil }), pin{})).To(HaveField("Position", eventstore.Position(1)))
	})
	It("passes faults on as they are", func() {
		fault := errors.New("disk on fire")
		_, err := run(ann, handling(func(context.Context, *commands.Work) error { return fault }), pin{})
		Expect(err).To(MatchError(fault))
		Expect(kernel.CodeOf(err)).To(BeEmpty())
	})
})

var _ = Describe("A lost race", func() {
	// between lets something happen between the first decision and its append.
	between := func(happens func()) {
		var once sync.Once
		world.Log.BeforeAppend = func(eventstore.Append) { once.Do(happens) }
	}
	other := func(text string) func() { return func() { world.Record(boardOf("b"), noted{text}) } }

	It("is decided again on what the other has left", func() {
		between(other("first"))
		Expect(run(ann, pinning(commands.ByUser()), pin{Board: "b", Text: "second"})).To(HaveField("Result.Notes", 2))
		Expect(texts()).To(Equal([]string{"first", "second"}))
	})
	It("may turn into a refusal", func() {
		between(other("same"))
		_, err := run(ann, pinning(commands.ByUser()), pin{Board: "b", Text: "same"})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeConflict))
		Expect(texts()).To(Equal([]string{"same"}))
	})
	It("is refused at once where the command wants to be first or not at all", func() {
		first := pinning(commands.ByUser())
		first.LostRace = kernel.Conflict("another was quicker")
		between(other("first"))
		_, err := run(ann, first, pin{Board: "b", Text: "second"})
		Expect(err).To(MatchError("another was quicker"))
		Expect(texts()).To(Equal([]string{"first"}))
	})
	It("is given up after ten, with a refusal", func() {
		n := 0
		world.Log.BeforeAppend = func(eventstore.Append) { n++; other(uuid.NewString())() }
		_, err := run(ann, pinning(commands.ByUser()), pin{Board: "b", Text: "mine"})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeConflict))
		Expect(n).To(Equal(10))
	})
	It("ends when nobody waits any more", func() {
		ctx, cancel := context.WithCancel(context.Background())
		between(func() { other("first")(); cancel() })
		_, err := commands.Run(ctx, world.Bus, ann, pinning(commands.ByUser()), pin{Board: "b", Text: "second"})
		Expect(err).To(MatchError(context.Canceled))
	})
	It("never loses or doubles anything among many writers", func() {
		var writers sync.WaitGroup
		for i := range 8 {
			writers.Go(func() {
				defer GinkgoRecover()
				for n := range 5 {
					Eventually(func() error {
						_, err := run(ann, pinning(commands.ByUser()), pin{Board: "b", Text: string(rune('a'+i)) + string(rune('0'+n))})
						return err
					}).WithTimeout(10 * time.Second).Should(Succeed())
				}
			})
		}
		writers.Wait()
		Expect(texts()).To(HaveLen(40))
	})
})

var _ = Describe("A repeated command id", func() {
	again := ann
	again.CommandID = "c1"

	It("answers the first result and does nothing", func() {
		Expect(run(again, pinning(commands.ByUser()), pin{Board: "b", Text: "a"})).To(HaveField("Repeated", false))
		Expect(run(ann, pinning(commands.ByUser()), pin{Board: "b", Text: "b"})).To(HaveField("Result.Notes", 2))
		second, err := run(again, pinning(commands.ByUser()), pin{Board: "b", Text: "a", Secret: "another"})
		Expect(err).NotTo(HaveOccurred(), "noting a twice would be refused, repeating it is not")
		Expect(second).To(Equal(commands.Outcome[pinned]{Result: pinned{Notes: 1}, Position: 1, Repeated: true}))
		Expect(texts()).To(Equal([]string{"a", "b"}))
	})
	It("with another content is refused", func() {
		Expect(run(again, pinning(commands.ByUser()), pin{Board: "b", Text: "a"})).NotTo(BeNil())
		_, err := run(again, pinning(commands.ByUser()), pin{Board: "b", Text: "b"})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeConflict))
		Expect(err.Error()).To(ContainSubstring("used before with another content"))
	})
	It("is another's own: actors and commands do not share ids", func() {
		theirs := mod
		theirs.CommandID = "c1"
		Expect(run(again, pinning(commands.ByUser()), pin{Board: "b", Text: "a"})).To(HaveField("Repeated", false))
		Expect(run(theirs, pinning(commands.ByUser()), pin{Board: "b", Text: "b"})).To(HaveField("Repeated", false))
		Expect(run(again, handling(func(context.Context, *commands.Work) error { return nil }), pin{})).To(HaveField("Repeated", false))
	})
	It("does not keep a refusal: the second attempt may succeed", func() {
		_, err := run(again, pinning(commands.ByUser()), pin{Board: "", Text: "a"})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeNotFound))
		Expect(run(again, pinning(commands.ByUser()), pin{Board: "b", Text: "a"})).To(HaveField("Result.Notes", 1))
	})
	It("sent twice at once happens once, and both get the first result", func() {
		both := make(chan struct{})
		var met sync.WaitGroup
		met.Add(2)
		go func() { met.Wait(); close(both) }()
		var first [2]sync.Once
		n := 0
		var mu sync.Mutex
		world.Log.BeforeAppend = func(eventstore.Append) { // both have decided before one is appended
			mu.Lock()
			i := min(n, 1)
			n++
			mu.Unlock()
			first[i].Do(met.Done)
			<-both
		}
		outcomes, group := make([]commands.Outcome[pinned], 2), sync.WaitGroup{}
		for i := range outcomes {
			group.Go(func() {
				defer GinkgoRecover()
				var err error
				outcomes[i], err = run(again, pinning(commands.ByUser()), pin{Board: "b", Text: "a"})
				Expect(err).NotTo(HaveOccurred())
			})
		}
		group.Wait()
		Expect(outcomes).To(ConsistOf(
			commands.Outcome[pinned]{Result: pinned{Notes: 1}, Position: 1}, commands.Outcome[pinned]{Result: pinned{Notes: 1}, Position: 1, Repeated: true}))
		Expect(texts()).To(Equal([]string{"a"}))
	})
	It("is no refusal either when the first is appended between look-up and load", func() {
		world.Log.AfterReceipt = func(eventstore.Command) {
			world.Log.AfterReceipt = nil
			Expect(run(again, pinning(commands.ByUser()), pin{Board: "b", Text: "a"})).NotTo(BeNil())
		}
		Expect(run(again, pinning(commands.ByUser()), pin{Board: "b", Text: "a"})).To(
			Equal(commands.Outcome[pinned]{Result: pinned{Notes: 1}, Position: 1, Repeated: true}))
	})
})
