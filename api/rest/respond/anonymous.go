package respond

import (
	"net/http"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"vidilog/api/authn"
	"vidilog/eventstore"
	"vidilog/internal/httpx"
)

// passwordHeader carries the password of a protected video.
const passwordHeader = "X-Peertube-Video-Password"

const (
	// answersKept and largestKept bound the answers in memory: 512 of at most 256 kB, usually some 30 kB.
	answersKept = 512
	largestKept = 256 << 10
)

// Anonymous keeps answers to people who have not logged in. An answer is kept under the address it was asked at and the
// position of the read model it was made from, the audience of now, and the day, by which trending counts: nothing that is shown can change without
// these, so it never goes stale and needs no lifetime. The position is read before the model is, so what is kept may be newer than its key, never older.
type Anonymous struct {
	// ContentType of the answers; JSON when empty.
	ContentType string

	position func() eventstore.Position
	audience func() uint64
	answers  *lru.Cache[answerKey, httpx.Prepared]
}

type answerKey struct {
	address  string
	position eventstore.Position
	audience uint64
	day      int64
}

const secondsPerDay = 24 * 60 * 60

// NewAnonymous makes an empty cache over the position of one read model, and a number that changes with how many are watching.
func NewAnonymous(position func() eventstore.Position, audience func() uint64) *Anonymous {
	answers, _ := lru.New[answerKey, httpx.Prepared](answersKept) // fails for sizes below 1 only
	return &Anonymous{position: position, audience: audience, answers: answers}
}

// Body makes the body of an answer, JSON.
type Body func(r *http.Request) ([]byte, error)

// Handler answers from the cache where it can. Whoever is logged in or shows the password of a
// video gets an answer of their own.
func (a *Anonymous) Handler(build Body) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		_, hasPassword := r.Header[passwordHeader]
		isAnonymous := authn.Caller(r).UserID.IsZero() && !hasPassword
		key := answerKey{address: r.URL.RequestURI(), position: a.position(), audience: a.audience(), day: time.Now().Unix() / secondsPerDay}
		if isAnonymous {
			if kept, ok := a.answers.Get(key); ok {
				kept.Write(w, r)
				return nil
			}
		}
		body, err := build(r)
		if err != nil {
			return err
		}
		answer := httpx.Prepare(body)
		if a.ContentType != "" {
			answer = httpx.PrepareAs(a.ContentType, body)
		}
		if isAnonymous && answer.Bytes() <= largestKept {
			a.answers.Add(key, answer)
		}
		answer.Write(w, r)
		return nil
	}
}
