package codec_test

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/eventstore/codec"
	"vidilog/eventstore/upcast"
)

func TestCodec(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Codec")
}

type file struct {
	Resolution int     `json:"resolution"`
	Size       int64   `json:"size"`
	FPS        float64 `json:"fps,omitempty"`
}

type published struct {
	Video    kernel.VideoID    `json:"video"`
	Channel  *kernel.ChannelID `json:"channel,omitempty"`
	Name     string            `json:"name"`
	Tags     []string          `json:"tags,omitempty"`
	Files    []file            `json:"files,omitempty"`
	Settings map[string]int    `json:"settings,omitempty"`
	At       time.Time         `json:"at"`
	Raw      json.RawMessage   `json:"raw,omitempty"`
	Actor    kernel.Actor      `json:"actor"`
	Waits    bool              `json:"waits"`
}

func (published) EventType() string { return "video.published" }

type contact struct {
	Label string          `json:"label"`
	Email kernel.Personal `json:"email"`
}

type registered struct {
	User     uuid.UUID                  `json:"user"`
	Name     string                     `json:"name"`
	Email    kernel.Personal            `json:"email"`
	Pending  *kernel.Personal           `json:"pending,omitempty"`
	Contacts []contact                  `json:"contacts,omitempty"`
	ByPlace  map[string]kernel.Personal `json:"byPlace,omitempty"`
	Deep     *struct {
		Inner contact `json:"inner"`
	} `json:"deep,omitempty"`
}

func (registered) EventType() string         { return "user.registered" }
func (r registered) PersonalSubject() string { return "user-" + r.User.String() }

type nobodys struct {
	Email kernel.Personal `json:"email"`
}

func (nobodys) EventType() string { return "user.nobodys" }

type renamed struct {
	Address kernel.Personal `json:"address"`
	Name    string          `json:"name"`
}

func (renamed) EventType() string       { return "user.renamed" }
func (renamed) SchemaVersion() int      { return 2 }
func (renamed) PersonalSubject() string { return "user-1" }

type renamedV1 struct {
	Email kernel.Personal `json:"email"`
	Name  string          `json:"name"`
}

func (renamedV1) EventType() string       { return "user.renamed" }
func (renamedV1) PersonalSubject() string { return "user-1" }

// ring is a Sealer with keys in memory: real AES-GCM, so that bindings are tested for what they are.
type ring struct {
	sync.Mutex
	keys map[string]cipher.AEAD
}

func (r *ring) Seal(subject string, plaintext, aad []byte) (string, []byte, error) {
	r.Lock()
	defer r.Unlock()
	if r.keys == nil {
		r.keys = map[string]cipher.AEAD{}
	}
	if r.keys[subject] == nil {
		key := make([]byte, 32)
		_, _ = rand.Read(key)
		block, _ := aes.NewCipher(key)
		r.keys[subject], _ = cipher.NewGCM(block)
	}
	nonce := make([]byte, 12)
	_, _ = rand.Read(nonce)
	return subject, r.keys[subject].Seal(nonce, nonce, plaintext, aad), nil
}

func (r *ring) Open(keyRef string, sealed, aad []byte) ([]byte, error) {
	r.Lock()
	defer r.Unlock()
	key := r.keys[keyRef]
	if key == nil {
		return nil, codec.ErrKeyGone
	}
	if len(sealed) < 12 {
		return nil, codec.ErrNotAuthentic
	}
	plain, err := key.Open(nil, sealed[:12], sealed[12:], aad)
	if err != nil {
		return nil, codec.ErrNotAuthentic
	}
	return plain, nil
}

func (r *ring) destroy(subject string) { r.Lock(); defer r.Unlock(); delete(r.keys, subject) }

func recorded(d eventstore.Draft) eventstore.Recorded {
	return eventstore.Recorded{
		Position: 7, Stream: kernel.StreamID{Kind: "test", ID: "1"}, Version: 1,
		Type: d.Type, SchemaVersion: d.SchemaVersion, EventID: d.EventID, Payload: d.Payload, KeyRef: d.KeyRef,
	}
}

func aPublished() published {
	id := uuid.MustParse("9c9de5e8-0a1e-484a-b099-e80766180a6d")
	c := kernel.ChannelID{UUID: id}
	return published{
		Video: kernel.VideoID{UUID: id}, Channel: &c, Name: "Ça <b> & \"q\" \u2028 😀\n",
		Tags: []string{"b", "a"}, Files: []file{{720, 1 << 60, 29.97}, {Resolution: 240}},
		Settings: map[string]int{"z": 1, "a": 2}, At: time.Date(2026, 11, 20, 10, 0, 0, 123456000, time.UTC),
		Raw: json.RawMessage(`{"a":[1,null,true],"b":"x"}`), Actor: kernel.System("startup"),
	}
}

func aRegistered() registered {
	pending := kernel.Personal("new@example.org")
	r := registered{
		User: uuid.MustParse("9c9de5e8-0a1e-484a-b099-e80766180a6d"), Name: "ada", Email: "ada@example.org", Pending: &pending,
		Contacts: []contact{{"home", "a@example.org"}, {"work", "b@example.org"}},
		ByPlace:  map[string]kernel.Personal{"x": "c@example.org"},
	}
	r.Deep = &struct {
		Inner contact `json:"inner"`
	}{contact{"deep", "d@example.org"}}
	return r
}

var _ = Describe("An event", func() {
	registry := func(opts ...codec.Option) *codec.Registry {
		r, err := codec.New([]kernel.Event{published{}, registered{}}, opts...)
		Expect(err).NotTo(HaveOccurred())
		return r
	}

	It("comes back as the value that went in", func() {
		r := registry()
		draft, err := r.Encode(aPublished(), uuid.New())
		Expect(err).NotTo(HaveOccurred())
		Expect(draft.SchemaVersion).To(Equal(1))
		Expect(draft.KeyRef).To(BeEmpty())
		event, err := r.Decode(recorded(draft))
		Expect(err).NotTo(HaveOccurred())
		Expect(event.Data).To(Equal(kernel.Event(aPublished())))
		Expect(event.Position).To(BeEquivalentTo(7))
	})
	It("has the same bytes whenever it is equal", func() {
		r := registry()
		first, _ := r.Encode(aPublished(), uuid.New())
		for range 20 {
			again, err := r.Encode(aPublished(), uuid.New())
			Expect(err).NotTo(HaveOccurred())
			Expect(again.Payload).To(Equal(first.Payload))
		}
		canonical, err := codec.Canonical(first.Payload)
		Expect(err).NotTo(HaveOccurred())
		Expect(canonical).To(Equal(first.Payload), "canonical form is a fixed point")
		Expect(string(first.Payload)).To(ContainSubstring(`"Ça <b> & \"q\" ` + "\u2028" + ` 😀\n"`))
		Expect(string(first.Payload)).To(HavePrefix(`{"actor":{"id":"startup","kind":"system"},"at":"2026-11-20T10:00:00.123456Z"`))
	})
	It("ignores members that today's struct does not have", func() {
		rec := recorded(eventstore.Draft{Type: "video.published", SchemaVersion: 1, Payload: []byte(`{"name":"n","future":{"x":[1]}}`)})
		event, err := registry().Decode(rec)
		Expect(err).NotTo(HaveOccurred())
		Expect(event.Data).To(Equal(kernel.Event(published{Name: "n"})))
	})
	It("does not share memory with the payload it was read from", func() {
		draft, _ := registry().Encode(aPublished(), uuid.New())
		rec := recorded(draft)
		event, err := registry().Decode(rec)
		Expect(err).NotTo(HaveOccurred())
		for i := range rec.Payload {
			rec.Payload[i] = 'X'
		}
		Expect(event.Data).To(Equal(kernel.Event(aPublished())))
	})
	It("of an unknown type is an error that names it, either way", func() {
		_, err := registry().Decode(recorded(eventstore.Draft{Type: "video.vanished", SchemaVersion: 1, Payload: []byte(`{}`)}))
		var unknown *codec.UnknownType
		Expect(errors.As(err, &unknown)).To(BeTrue())
		Expect(unknown.Type).To(Equal("video.vanished"))
		_, err = registry().Encode(renamed{}, uuid.New())
		Expect(errors.As(err, &unknown)).To(BeTrue())
	})
	It("of a newer version is refused with both versions", func() {
		_, err := registry().Decode(recorded(eventstore.Draft{Type: "video.published", SchemaVersion: 3, Payload: []byte(`{}`)}))
		var newer *upcast.NewerVersion
		Expect(errors.As(err, &newer)).To(BeTrue())
		Expect(newer.Stored).To(Equal(3))
	})
	It("decodes in batches, up to the first that fails", func() {
		good, _ := registry().Encode(aPublished(), uuid.New())
		bad := recorded(good)
		bad.Payload = []byte(`{"name":`)
		events, err := registry().DecodeInto(nil, []eventstore.Recorded{recorded(good), bad, recorded(good)})
		Expect(err).To(MatchError(ContainSubstring("decode event 7 (video.published)")))
		Expect(events).To(HaveLen(1))
	})
})

var _ = Describe("Personal text", func() {
	var keys *ring
	var r *codec.Registry
	BeforeEach(func() {
		keys = &ring{}
		var err error
		r, err = codec.New([]kernel.Event{registered{}}, codec.WithSealer(keys))
		Expect(err).NotTo(HaveOccurred())
	})

	It("is sealed wherever it sits and comes back, and the event given stays as it was", func() {
		event := aRegistered()
		draft, err := r.Encode(event, uuid.New())
		Expect(err).NotTo(HaveOccurred())
		Expect(event).To(Equal(aRegistered()))
		Expect(draft.KeyRef).To(Equal("user-" + event.User.String()))
		Expect(string(draft.Payload)).NotTo(ContainSubstring("example.org"))
		Expect(strings.Count(string(draft.Payload), `"sealed:v1:`)).To(Equal(6))
		Expect(string(draft.Payload)).To(ContainSubstring(`"name":"ada"`))
		decoded, err := r.Decode(recorded(draft))
		Expect(err).NotTo(HaveOccurred())
		Expect(decoded.Data).To(Equal(kernel.Event(aRegistered())))
	})
	It("is redacted everywhere once the key is gone", func() {
		event := aRegistered()
		draft, err := r.Encode(event, uuid.New())
		Expect(err).NotTo(HaveOccurred())
		keys.destroy("user-" + event.User.String())
		decoded, err := r.Decode(recorded(draft))
		Expect(err).NotTo(HaveOccurred())
		got := decoded.Data.(registered)
		Expect(got.Name).To(Equal("ada"))
		Expect([]kernel.Personal{got.Email, *got.Pending, got.Contacts[0].Email, got.Contacts[1].Email, got.ByPlace["x"], got.Deep.Inner.Email}).
			To(HaveEach(kernel.Redacted))
	})
	It("does not open in another event or another field", func() {
		draft, err := r.Encode(aRegistered(), uuid.New())
		Expect(err).NotTo(HaveOccurred())
		moved := recorded(draft)
		moved.EventID = uuid.New()
		_, err = r.Decode(moved)
		Expect(err).To(MatchError(codec.ErrNotAuthentic))

		var members map[string]any
		Expect(json.Unmarshal(draft.Payload, &members)).To(Succeed())
		members["email"], members["pending"] = members["pending"], members["email"]
		swapped := recorded(draft)
		swapped.Payload, _ = json.Marshal(members)
		_, err = r.Decode(swapped)
		Expect(err).To(MatchError(codec.ErrNotAuthentic))
	})
	It("that stands unsealed in the log is refused", func() {
		_, err := r.Decode(recorded(eventstore.Draft{Type: "user.registered", SchemaVersion: 1, Payload: []byte(`{"email":"plain@example.org"}`)}))
		Expect(err).To(MatchError(ContainSubstring("email is personal, but not sealed")))
	})
	It("needs no key when it is empty or already redacted", func() {
		draft, err := r.Encode(registered{Email: kernel.Redacted}, uuid.New())
		Expect(err).NotTo(HaveOccurred())
		Expect(draft.KeyRef).To(BeEmpty())
		Expect(keys.keys).To(BeEmpty())
	})
	It("is opened before old payloads are raised, although its place changes", func() {
		old, err := codec.New([]kernel.Event{renamedV1{}}, codec.WithSealer(keys))
		Expect(err).NotTo(HaveOccurred())
		draft, err := old.Encode(renamedV1{Email: "ada@example.org", Name: "sealed:v1:not-really"}, uuid.New())
		Expect(err).NotTo(HaveOccurred())
		steps, err := upcast.New(upcast.Step{Type: "user.renamed", From: 1, Raise: func(p json.RawMessage) (json.RawMessage, error) {
			var v1 struct{ Email, Name string }
			if err := json.Unmarshal(p, &v1); err != nil {
				return nil, err
			}
			return json.Marshal(map[string]string{"address": v1.Email, "name": v1.Name})
		}})
		Expect(err).NotTo(HaveOccurred())
		today, err := codec.New([]kernel.Event{renamed{}}, codec.WithSealer(keys), codec.WithUpcasters(steps))
		Expect(err).NotTo(HaveOccurred())
		event, err := today.Decode(recorded(draft))
		Expect(err).NotTo(HaveOccurred())
		Expect(event.Data).To(Equal(kernel.Event(renamed{Address: "ada@example.org", Name: "sealed:v1:not-really"})))
	})
})

type recursive struct {
	Email kernel.Personal `json:"email"`
	Next  *recursive      `json:"next,omitempty"`
}

func (recursive) EventType() string       { return "x.recursive" }
func (recursive) PersonalSubject() string { return "user-1" }

type ownJSON struct{ Email kernel.Personal }

func (ownJSON) MarshalJSON() ([]byte, error) { return []byte(`{}`), nil }

type hidden struct {
	Own ownJSON `json:"own"`
}

func (hidden) EventType() string       { return "x.hidden" }
func (hidden) PersonalSubject() string { return "user-1" }

type twin struct{}

func (twin) EventType() string { return "video.published" }

var _ = DescribeTable("Registration refuses", func(reason string, types ...kernel.Event) {
	_, err := codec.New(types)
	Expect(err).To(MatchError(ContainSubstring(reason)))
},
	Entry("two types under one id", "already that of", published{}, twin{}),
	Entry("a type twice", "already", published{}, published{}),
	Entry("a pointer", "struct value", &published{}),
	Entry("personal fields of nobody", "PersonalSubject", nobodys{}),
	Entry("a version without upcasters", "no upcaster raises user.renamed from schema version 1", renamed{}),
	Entry("personal text in a type that contains itself", "contains itself", recursive{}),
	Entry("personal text in a type that writes its own JSON", "its own JSON", hidden{}),
)

var _ = Describe("The origin of a request", func() {
	It("is sealed, bound to its command, and redacted once the key is gone", func() {
		keys := &ring{}
		r, err := codec.New(nil, codec.WithSealer(keys))
		Expect(err).NotTo(HaveOccurred())
		origin := codec.Origin{Address: "192.0.2.7", UserAgent: "Firefox"}
		sealed, err := r.SealOrigin("user-1", "command-1", origin)
		Expect(err).NotTo(HaveOccurred())
		Expect(string(sealed)).NotTo(ContainSubstring("192.0.2.7"))
		Expect(r.OpenOrigin("command-1", sealed)).To(Equal(origin))
		_, err = r.OpenOrigin("command-2", sealed)
		Expect(err).To(MatchError(codec.ErrNotAuthentic))
		keys.destroy("user-1")
		Expect(r.OpenOrigin("command-1", sealed)).To(Equal(codec.Origin{Address: kernel.Redacted, UserAgent: kernel.Redacted}))
	})
	It("keeps a long user agent short and an empty origin empty", func() {
		r, _ := codec.New(nil, codec.WithSealer(&ring{}))
		sealed, err := r.SealOrigin("user-1", "c", codec.Origin{UserAgent: kernel.Personal(strings.Repeat("é", 999))})
		Expect(err).NotTo(HaveOccurred())
		origin, err := r.OpenOrigin("c", sealed)
		Expect(err).NotTo(HaveOccurred())
		Expect(origin.UserAgent).To(HaveLen(codec.MaxUserAgentBytes))
		Expect(r.SealOrigin("user-1", "c", codec.Origin{})).To(BeNil())
		Expect(r.OpenOrigin("c", nil)).To(Equal(codec.Origin{}))
	})
	It("with cut-off bytes is an error", func() {
		r, _ := codec.New(nil, codec.WithSealer(&ring{}))
		for _, cut := range [][]byte{{1}, {1, 9, 'x'}, {2, 0}} {
			_, err := r.OpenOrigin("c", cut)
			Expect(err).To(HaveOccurred())
		}
	})
})
