package commands_test

import (
	"context"
	"errors"
	"fmt"
	"sync"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/commands"
	"vidilog/commands/commandstest"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/eventstore"
)

// try runs one unit of work as ann.
func try(do func(ctx context.Context, w *commands.Work) error) error {
	_, err := run(ann, handling(do), pin{})
	return err
}

func pinTo(name, text string) func(ctx context.Context, w *commands.Work) error {
	return func(ctx context.Context, w *commands.Work) error {
		_, err := commands.Decide[board](ctx, w, boardOf(name), note{text})
		return err
	}
}

var _ = Describe("A unit of work", func() {
	It("sees what it has decided itself", func() {
		Expect(try(func(ctx context.Context, w *commands.Work) error {
			Expect(pinTo("b", "a")(ctx, w)).To(Succeed())
			Expect(commands.Load[board](ctx, w, boardOf("b"))).To(Equal(board{Notes: []string{"a"}}))
			err := pinTo("b", "a")(ctx, w)
			Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeConflict))
			return nil
		})).To(Succeed())
		Expect(texts()).To(Equal([]string{"a"}))
	})
	It("appends several streams at once or none", func() {
		world.Record(boardOf("c"), noted{"x"})
		Expect(try(func(ctx context.Context, w *commands.Work) error {
			return errors.Join(pinTo("b", "a")(ctx, w), pinTo("c", "x")(ctx, w))
		})).To(MatchError(ContainSubstring("x is noted already")))
		Expect(texts()).To(BeEmpty())
	})
	It("reads long streams page by page, and from the kept state on", func() {
		for i := range 1203 {
			world.Record(boardOf("b"), noted{fmt.Sprint(i)})
		}
		Expect(commands.View[board](context.Background(), world.Bus, boardOf("b"))).To(HaveField("Notes", HaveLen(1203)))
		world.Record(boardOf("b"), noted{"last"})
		Expect(commands.View[board](context.Background(), world.Bus, boardOf("b"))).To(HaveField("Notes", HaveLen(1204)))
	})
	It("records events that were decided elsewhere", func() {
		Expect(try(func(ctx context.Context, w *commands.Work) error {
			return commands.Record[board](ctx, w, boardOf("b"), noted{"a"}, noted{"b"})
		})).To(Succeed())
		Expect(texts()).To(Equal([]string{"a", "b"}))
	})
	It("passes a fault of the log on, saying what was tried", func() {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		_, err := commands.Run(ctx, world.Bus, ann, pinning(commands.ByUser()), pin{Board: "b", Text: "a"})
		Expect(err).To(MatchError(context.Canceled))
	})
})

var _ = Describe("A guarded stream", func() {
	var seen []int
	guarding := func(ctx context.Context, w *commands.Work) error {
		b, err := commands.Guard[board](ctx, w, boardOf("guarded"))
		if err != nil {
			return err
		}
		seen = append(seen, len(b.Notes))
		return pinTo("b", fmt.Sprintf("saw %d", len(b.Notes)))(ctx, w)
	}
	BeforeEach(func() { seen = nil })

	It("must not have changed, though nothing is appended to it", func() {
		var once sync.Once
		world.Log.BeforeAppend = func(eventstore.Append) { once.Do(func() { world.Record(boardOf("guarded"), noted{"x"}) }) }
		Expect(try(guarding)).To(Succeed())
		Expect(seen).To(Equal([]int{0, 1}))
		Expect(texts()).To(Equal([]string{"saw 1"}))
		Expect(world.Of(boardOf("guarded"))).To(HaveLen(1))
	})
	It("is unlike a loaded one, which may change", func() {
		var once sync.Once
		world.Log.BeforeAppend = func(eventstore.Append) { once.Do(func() { world.Record(boardOf("guarded"), noted{"x"}) }) }
		Expect(try(func(ctx context.Context, w *commands.Work) error {
			_, err := commands.Load[board](ctx, w, boardOf("guarded"))
			return errors.Join(err, guardless(ctx, w))
		})).To(Succeed())
		Expect(texts()).To(Equal([]string{"once"}))
	})
})

func guardless(ctx context.Context, w *commands.Work) error { return pinTo("b", "once")(ctx, w) }

var _ = Describe("Claims", func() {
	take := func(key, owner string, refusal error) func(ctx context.Context, w *commands.Work) error {
		return func(ctx context.Context, w *commands.Work) error {
			w.Take("name", key, owner, refusal)
			return pinTo(owner, key)(ctx, w)
		}
	}
	It("are taken with the append", func() {
		Expect(try(take("news", "ann", nil))).To(Succeed())
		Expect(world.Holder("name", "news")).To(Equal("ann"))
	})
	It("are refused in the words that were given along", func() {
		Expect(try(take("news", "ann", nil))).To(Succeed())
		err := try(take("news", "bob", kernel.Conflict("Channel with name news already exists.")))
		Expect(err).To(MatchError("Channel with name news already exists."))
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeConflict))
		Expect(world.Of(boardOf("bob"))).To(BeEmpty())
	})
	It("are refused in general words where none were given", func() {
		Expect(try(take("news", "ann", nil))).To(Succeed())
		err := try(take("news", "bob", nil))
		Expect(err).To(MatchError("the name is taken"))
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeConflict))
	})
	It("tell which of several stood in the way", func() {
		Expect(try(take("news", "ann", nil))).To(Succeed())
		Expect(try(func(ctx context.Context, w *commands.Work) error {
			w.Take("name", "other", "bob", kernel.Conflict("other"))
			w.Take("name", "news", "bob", kernel.Conflict("news"))
			return nil
		})).To(MatchError("news"))
		Expect(world.Holder("name", "other")).To(BeEmpty())
	})
	It("are released by their owner and can be taken then", func() {
		Expect(try(take("news", "ann", nil))).To(Succeed())
		Expect(try(func(_ context.Context, w *commands.Work) error { w.Release("name", "news", "ann"); return nil })).To(Succeed())
		Expect(try(take("news", "bob", nil))).To(Succeed())
		Expect(world.Holder("name", "news")).To(Equal("bob"))
	})
	It("that are required must be held", func() {
		require := func(_ context.Context, w *commands.Work) error { w.Require("name", "news", "ann"); return nil }
		var missing *eventstore.ClaimMissing
		Expect(errors.As(try(require), &missing)).To(BeTrue())
		Expect(try(take("news", "ann", nil))).To(Succeed())
		Expect(try(require)).To(Succeed())
	})
	It("hold every number that was drawn, so that none is given twice", func() {
		var numbers []int64
		for range 3 {
			Expect(try(func(ctx context.Context, w *commands.Work) error {
				n, err := w.Number(ctx, "board", boardOf("b"))
				numbers = append(numbers, n)
				return err
			})).To(Succeed())
		}
		Expect(numbers).To(Equal([]int64{1, 2, 3}))
		claim := eventstore.IntegerClaim("board", 3)
		Expect(world.Holder(claim.Kind, claim.Key)).To(Equal("b"))
	})
})

var _ = Describe("Secrets", func() {
	It("are kept sealed in the append, and read by their reference", func() {
		Expect(try(func(_ context.Context, w *commands.Work) error { w.Keep("ref", []byte("hush")); return nil })).To(Succeed())
		sealed, found, err := world.Log.VaultRead(context.Background(), "ref")
		Expect(err).NotTo(HaveOccurred())
		Expect(found).To(BeTrue())
		Expect(string(sealed)).NotTo(ContainSubstring("hush"))
		plain, found, err := world.Bus.Secret(context.Background(), "ref")
		Expect(err).NotTo(HaveOccurred())
		Expect(found).To(BeTrue())
		Expect(string(plain)).To(Equal("hush"))
	})
	It("are not kept when the work fails", func() {
		Expect(try(func(_ context.Context, w *commands.Work) error {
			w.Keep("ref", []byte("hush"))
			return errors.New("no")
		})).NotTo(Succeed())
		_, found, err := world.Bus.Secret(context.Background(), "ref")
		Expect(err).NotTo(HaveOccurred())
		Expect(found).To(BeFalse())
	})
	It("under another reference do not open", func() {
		sealed := commandstest.Sealer{}.SealVault("ref", []byte("hush"))
		_, err := commandstest.Sealer{}.OpenVault("other", sealed)
		Expect(err).To(HaveOccurred())
	})
	It("leave e-mail addresses as hashes only", func() {
		Expect(world.Bus.BlindEmail("ann@example.org")).NotTo(ContainSubstring("ann"))
		Expect(world.Bus.BlindEmail("ann@example.org")).To(Equal(world.Bus.BlindEmail("ann@example.org")))
		Expect(world.Bus.BlindEmail("ann@example.org")).NotTo(Equal(world.Bus.BlindEmail("bob@example.org")))
	})
})

var _ = Describe("Trying a part", func() {
	It("that fails leaves the rest as it was", func() {
		boom := errors.New("boom")
		Expect(try(func(ctx context.Context, w *commands.Work) error {
			Expect(pinTo("b", "before")(ctx, w)).To(Succeed())
			w.Take("name", "kept", "ann", nil)
			w.Keep("kept", []byte("kept"))
			Expect(w.Try(func() error {
				Expect(pinTo("b", "lost")(ctx, w)).To(Succeed())
				Expect(pinTo("c", "lost")(ctx, w)).To(Succeed())
				_, err := commands.Guard[board](ctx, w, boardOf("d"))
				Expect(err).NotTo(HaveOccurred())
				w.Take("name", "lost", "ann", nil)
				w.Keep("lost", []byte("lost"))
				return boom
			})).To(MatchError(boom))
			Expect(commands.Load[board](ctx, w, boardOf("b"))).To(Equal(board{Notes: []string{"before"}}))
			return pinTo("b", "after")(ctx, w)
		})).To(Succeed())
		Expect(texts()).To(Equal([]string{"before", "after"}))
		Expect(world.Of(boardOf("c"))).To(BeEmpty())
		Expect(world.Holder("name", "kept")).To(Equal("ann"))
		Expect(world.Holder("name", "lost")).To(BeEmpty())
		_, found, err := world.Log.VaultRead(context.Background(), "lost")
		Expect(err).NotTo(HaveOccurred())
		Expect(found).To(BeFalse())
	})
	It("that succeeds stays", func() {
		Expect(try(func(ctx context.Context, w *commands.Work) error {
			return w.Try(func() error { return pinTo("b", "a")(ctx, w) })
		})).To(Succeed())
		Expect(texts()).To(Equal([]string{"a"}))
	})
})

var _ = Describe("Work of a process", func() {
	caller := commands.Internal(kernel.ByProcess("p", ann.Actor))
	caller.CommandID = "event-1"
	together := func(do func(ctx context.Context, w *commands.Work) error) (eventstore.Receipt, error) {
		return commands.Together(context.Background(), world.Bus, caller, "process.p", do)
	}

	It("is done once for a command id", func() {
		n := 0
		do := func(ctx context.Context, w *commands.Work) error { n++; return pinTo("b", "a")(ctx, w) }
		Expect(together(do)).To(HaveField("Repeated", false))
		Expect(together(do)).To(HaveField("Repeated", true))
		Expect(n).To(Equal(1))
		Expect(texts()).To(Equal([]string{"a"}))
	})
	It("that comes to nothing appends nothing", func() {
		appends := 0
		world.Log.BeforeAppend = func(eventstore.Append) { appends++ }
		Expect(together(func(ctx context.Context, w *commands.Work) error {
			_, err := commands.Load[board](ctx, w, boardOf("b"))
			return err
		})).To(Equal(eventstore.Receipt{}))
		Expect(appends).To(BeZero())
	})
	It("that fails appends nothing and is passed on", func() {
		boom := errors.New("boom")
		_, err := together(func(ctx context.Context, w *commands.Work) error { return errors.Join(pinTo("b", "a")(ctx, w), boom) })
		Expect(err).To(MatchError(boom))
		Expect(texts()).To(BeEmpty())
	})
	It("is repeated after a lost race", func() {
		var once sync.Once
		world.Log.BeforeAppend = func(eventstore.Append) { once.Do(func() { world.Record(boardOf("b"), noted{"first"}) }) }
		Expect(together(pinTo("b", "second"))).To(HaveField("Position", eventstore.Position(2)))
	})
	It("runs commands within, whoever may send them, and refuses what is wrong in itself", func() {
		_, err := together(func(ctx context.Context, w *commands.Work) error {
			_, err := commands.Within(ctx, w, pinning(commands.ByRight(user.RightManageJobs)), pin{Board: "b", Text: "a"})
			Expect(err).NotTo(HaveOccurred())
			_, err = commands.Within(ctx, w, pinning(commands.ByServer()), pin{Board: "b"})
			Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeInvalid))
			return nil
		})
		Expect(err).NotTo(HaveOccurred())
		Expect(texts()).To(Equal([]string{"a"}))
	})
	It("keeps its command id for ever", func() {
		forever := false
		world.Log.BeforeAppend = func(a eventstore.Append) { forever = a.Command.Forever }
		Expect(together(pinTo("b", "a"))).NotTo(BeNil())
		Expect(forever).To(BeTrue())
		Expect(run(ann, pinning(commands.ByUser()), pin{Board: "b", Text: "b"})).NotTo(BeNil())
		Expect(forever).To(BeFalse())
	})
})

var _ = Describe("Owning", func() {
	It("is for the owner, the right above it and the server", func() {
		Expect(ann.MustOwn(ann.UserID, user.RightRemoveAnyVideo)).To(Succeed())
		Expect(mod.MustOwn(ann.UserID, user.RightRemoveAnyVideo)).To(Succeed())
		Expect(commandstest.System.MustOwn(ann.UserID, user.RightAll)).To(Succeed())
		Expect(kernel.CodeOf(mod.MustOwn(ann.UserID, user.RightManageJobs))).To(Equal(kernel.CodeForbidden))
		Expect(kernel.CodeOf(ann.MustOwn(mod.UserID, user.RightRemoveAnyVideo))).To(Equal(kernel.CodeForbidden))
	})
	It("is for nobody unknown, not even what belongs to nobody", func() {
		Expect(kernel.CodeOf(commands.Anonymous().MustOwn(kernel.UserID{}, user.RightAll))).To(Equal(kernel.CodeForbidden))
	})
})
