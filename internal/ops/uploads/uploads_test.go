package uploads_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/eventstore/codec"
	"vidilog/eventstore/keys"
	"vidilog/internal/embedded/testpg"
	"vidilog/internal/ops/uploads"
)

var _ = Describe("The list of uploads", func() {
	ctx := context.Background()
	user := uuid.New()
	var pool *pgxpool.Pool
	var vault *keys.Ring
	var store, elsewhere *uploads.Store
	wanted := func(id string) uploads.Session {
		return uploads.Session{
			ID: id, UserID: user, Purpose: "video", File: "1-" + id + ".mp4", Size: 100,
			Fields: json.RawMessage(`{"name":"A"}`), Command: uuid.New(),
		}
	}
	begin := func(id string) uploads.Session {
		GinkgoHelper()
		session, replaced, err := store.Begin(ctx, wanted(id))
		Expect(err).NotTo(HaveOccurred())
		Expect(replaced).To(BeNil())
		return session
	}
	hold := func(s *uploads.Store, id string) *uploads.Hold {
		GinkgoHelper()
		_, h, err := s.Hold(ctx, id, user)
		Expect(err).NotTo(HaveOccurred())
		return h
	}
	refused := func(s *uploads.Store, id string, because error) {
		GinkgoHelper()
		_, _, err := s.Hold(ctx, id, user)
		Expect(err).To(MatchError(because))
	}
	BeforeEach(func() {
		if testing.Short() {
			Skip("needs PostgreSQL")
		}
		pool = testpg.Operational(GinkgoT())
		master, err := keys.ParseMasterKey(strings.Repeat("a1", 32))
		Expect(err).NotTo(HaveOccurred())
		vault, err = keys.Open(ctx, pool, master, keys.Options{})
		Expect(err).NotTo(HaveOccurred())
		store, elsewhere = uploads.New(pool, "one", vault), uploads.New(pool, "two", vault)
	})

	It("goes on with what is there of the same file, under the same command id", func() {
		first := begin("a")
		h := hold(store, "a")
		Expect(h.Wrote(ctx, 40, 100)).To(Succeed())
		Expect(h.Release(ctx)).To(Succeed())
		changed := wanted("a")
		changed.Fields = json.RawMessage(`{"name": "B"}`)
		session, replaced, err := elsewhere.Begin(ctx, changed)
		Expect(err).NotTo(HaveOccurred())
		Expect(replaced).To(BeNil())
		Expect(session.Written).To(Equal(int64(40)))
		Expect(session.Command).To(Equal(first.Command))
		kept, h, err := store.Hold(ctx, "a", user)
		Expect(err).NotTo(HaveOccurred())
		Expect(kept.Fields).To(MatchJSON(changed.Fields), "what the author says now counts")
		Expect(h.Release(ctx)).To(Succeed())
	})
	It("begins anew when the one before is over, under another command id", func() {
		first := begin("a")
		h := hold(store, "a")
		Expect(h.Wrote(ctx, 100, 100)).To(Succeed())
		Expect(h.Answered(ctx, json.RawMessage(`{"video":1}`))).To(Succeed())
		Expect(h.Release(ctx)).To(Succeed())
		session, replaced, err := store.Begin(ctx, wanted("a"))
		Expect(err).NotTo(HaveOccurred())
		Expect(replaced.Answer).To(MatchJSON(`{"video":1}`))
		Expect(session.Written).To(BeZero())
		Expect(session.Command).NotTo(Equal(first.Command))
	})
	It("keeps what the author says sealed, for this session alone, and until the end only", func() {
		rows := func() (text string) {
			GinkgoHelper()
			Expect(pool.QueryRow(ctx, `select string_agg(u::text || encode(coalesce(form, ''), 'escape'), '') from uploads u`).Scan(&text)).To(Succeed())
			return text
		}
		protected := wanted("a")
		protected.Fields = json.RawMessage(`{"name":"A","videoPasswords":["correct horse"]}`)
		_, _, err := store.Begin(ctx, protected)
		Expect(err).NotTo(HaveOccurred())
		begin("b")
		Expect(rows()).To(ContainSubstring("1-a.mp4"), "this is where it would be")
		Expect(rows()).NotTo(ContainSubstring("correct horse"))

		kept, h, err := elsewhere.Hold(ctx, "a", user)
		Expect(err).NotTo(HaveOccurred())
		Expect(kept.Fields).To(MatchJSON(protected.Fields))
		Expect(h.Answered(ctx, json.RawMessage(`{}`))).To(Succeed())
		Expect(h.Release(ctx)).To(Succeed())
		kept, h, err = store.Hold(ctx, "a", user)
		Expect(err).NotTo(HaveOccurred())
		Expect(kept.Fields).To(MatchJSON(`{}`))
		Expect(h.Release(ctx)).To(Succeed())

		_, err = pool.Exec(ctx, `update uploads set form = (select form from uploads where id = 'b') where id = 'a'`)
		Expect(err).NotTo(HaveOccurred())
		_, _, err = store.Hold(ctx, "a", user)
		Expect(err).To(MatchError(codec.ErrNotAuthentic), "another session's form")
	})
	It("leaves alone what is decided about", func() {
		begin("a")
		h := hold(store, "a")
		Expect(h.Wrote(ctx, 100, 100)).To(Succeed())
		Expect(h.Planned(ctx, json.RawMessage(`{"plan":1}`))).To(Succeed())
		Expect(h.Release(ctx)).To(Succeed())
		session, _, err := store.Begin(ctx, wanted("a"))
		Expect(err).NotTo(HaveOccurred())
		Expect(session.Plan).To(MatchJSON(`{"plan":1}`))
		Expect(session.IsWhole()).To(BeTrue())
	})
	It("lets one request at a time at a session, on any node", func() {
		begin("a")
		h := hold(store, "a")
		refused(elsewhere, "a", uploads.ErrHeld)
		Expect(h.Finishing(ctx)).To(Succeed())
		refused(elsewhere, "a", uploads.ErrFinishing)
		Expect(h.Release(ctx)).To(Succeed())
		Expect(hold(elsewhere, "a").Release(ctx)).To(Succeed())
		refused(store, "unknown", uploads.ErrUnknown)
		_, _, err := store.Hold(ctx, "a", uuid.New())
		Expect(err).To(MatchError(uploads.ErrUnknown), "another's")
	})
	It("frees what a node held when it died", func() {
		begin("a")
		h := hold(store, "a")
		Expect(elsewhere.FreeOwn(ctx)).To(Succeed())
		refused(store, "a", uploads.ErrHeld)
		Expect(uploads.New(pool, "one", vault).FreeOwn(ctx)).To(Succeed())
		Expect(hold(store, "a").Release(ctx)).To(Succeed())
		Expect(h.Wrote(ctx, 1, 100)).To(MatchError(uploads.ErrUnknown), "the dead request writes nothing any more")
	})
	It("tells a request whose session was ended meanwhile", func() {
		begin("a")
		h := hold(store, "a")
		_, found, err := elsewhere.End(ctx, "a", user)
		Expect(err).NotTo(HaveOccurred())
		Expect(found).To(BeTrue())
		Expect(h.Wrote(ctx, 1, 100)).To(MatchError(uploads.ErrUnknown))
		Expect(h.Release(ctx)).To(Succeed())
		_, found, err = store.End(ctx, "a", user)
		Expect(err).NotTo(HaveOccurred())
		Expect(found).To(BeFalse())
	})
	It("sweeps what nobody has touched between two sweeps", func() {
		begin("idle")
		begin("busy")
		begin("held")
		h := hold(store, "held")
		Expect(store.Sweep(ctx)).To(BeEmpty(), "recent ones stay")
		Expect(hold(store, "busy").Release(ctx)).To(Succeed())
		Expect(store.Sweep(ctx)).To(ConsistOf(HaveField("ID", "idle")))
		Expect(store.Sweep(ctx)).To(ConsistOf(HaveField("ID", "busy")))
		Expect(h.Release(ctx)).To(Succeed())
	})
})
