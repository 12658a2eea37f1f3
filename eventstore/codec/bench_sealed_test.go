package codec_test

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"strings"
	"testing"

	"github.com/google/uuid"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/eventstore/codec"
)

// said is a text of somebody, as comments are; told is the same in clear.
type (
	said struct {
		Author string          `json:"author"`
		Text   kernel.Personal `json:"text"`
	}
	told struct {
		Author string `json:"author"`
		Text   string `json:"text"`
	}
)

func (said) EventType() string       { return "said" }
func (said) PersonalSubject() string { return "user-1" }
func (told) EventType() string       { return "told" }

func newAESSealer(b *testing.B) aesSealer {
	block, err := aes.NewCipher(make([]byte, 32))
	if err != nil {
		b.Fatal(err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		b.Fatal(err)
	}
	return aesSealer{aead}
}

// aesSealer is what eventstore/keys does with a key that is in its cache.
type aesSealer struct{ aead cipher.AEAD }

func (c aesSealer) Seal(_ string, plaintext, aad []byte) (string, []byte, error) {
	nonce := make([]byte, c.aead.NonceSize(), c.aead.NonceSize()+len(plaintext)+c.aead.Overhead())
	_, _ = rand.Read(nonce)
	return "k1", c.aead.Seal(nonce, nonce, plaintext, aad), nil
}

func (c aesSealer) Open(_ string, sealed, aad []byte) ([]byte, error) {
	return c.aead.Open(nil, sealed[:c.aead.NonceSize()], sealed[c.aead.NonceSize():], aad)
}

// BenchmarkDecodeSealed measures what sealing a text of a comment's length costs a replay (docs/adr/0009).
func BenchmarkDecodeSealed(b *testing.B) {
	text := strings.Repeat("A comment. ", 20)
	for name, event := range map[string]kernel.Event{
		"sealed": said{Author: "user-1", Text: kernel.Personal(text)}, "clear": told{Author: "user-1", Text: text},
	} {
		b.Run(name, func(b *testing.B) {
			r, err := codec.New([]kernel.Event{said{}, told{}}, codec.WithSealer(newAESSealer(b)))
			if err != nil {
				b.Fatal(err)
			}
			recs := make([]eventstore.Recorded, 1000)
			for i := range recs {
				draft, err := r.Encode(event, uuid.New())
				if err != nil {
					b.Fatal(err)
				}
				recs[i] = recorded(draft)
			}
			b.ReportAllocs()
			events := make([]eventstore.Event, 0, len(recs))
			for b.Loop() {
				if events, err = r.DecodeInto(events[:0], recs); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)*float64(len(recs))/b.Elapsed().Seconds(), "events/s")
			b.ReportMetric(float64(len(recs[0].Payload)), "bytes/event")
		})
	}
}
