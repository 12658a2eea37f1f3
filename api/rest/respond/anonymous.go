package respond

import (
	"net/http"
	"sync"
	"time"

	"vidilog/api/authn"
	"vidilog/eventstore"
	"vidilog/internal/bytecache"
	"vidilog/internal/httpx"
)

// passwordHeader carries the password of a protected video.
const passwordHeader = "X-Peertube-Video-Password"

// answersKept bounds the answers in memory, in bytes. A page of a list takes some 30 kB, a video 10 kB.
const answersKept = 6 << 20

// Anonymous keeps answers to people who have not logged in, each under the address it was asked at, for one moment: the position of the
// read model they were made from, the audience of now, and the day, by which trending counts. Nothing that is shown can change without
// these, so nothing goes stale and nothing needs a lifetime; the next moment begins empty. The moment is read before the model is, so what is
// kept may be newer than that, never older.
type Anonymous struct {
	// ContentType of the answers; JSON when empty.
	ContentType string

	position func() eventstore.Position
	audience func() uint64

	mutex   sync.Mutex // held while moments change
	at      moment
	answers *bytecache.Cache[string, httpx.Prepared]
}

// moment is everything that answers depend on besides who asks what.
type moment struct {
	position eventstore.Position
	audience uint64
	day      int64
}

const secondsPerDay = 24 * 60 * 60

// NewAnonymous makes an empty cache over the position of one read model, and a number that changes with how many are watching.
func NewAnonymous(position func() eventstore.Position, audience func() uint64) *Anonymous {
	return &Anonymous{position: position, audience: audience, answers: bytecache.New[string](answersKept, httpx.Prepared.Bytes)}
}

func (a *Anonymous) now() moment {
	return moment{position: a.position(), audience: a.audience(), day: time.Now().Unix() / secondsPerDay}
}

// kept answers what was answered at an address at the same moment.
func (a *Anonymous) kept(now moment, address string) (httpx.Prepared, bool) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if a.at != now {
		a.at = now
		a.answers.Clear()
		return httpx.Prepared{}, false
	}
	return a.answers.Get(address)
}

// keep does nothing when the moment has passed that the answer belongs to.
func (a *Anonymous) keep(then moment, address string, answer httpx.Prepared) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if a.at == then {
		a.answers.Add(address, answer)
	}
}

// Body makes the body of an answer, JSON.
type Body func(r *http.Request) ([]byte, error)

// IsAnonymous says that a request shows nothing that only some have: its answer is the same for everybody.
func IsAnonymous(r *http.Request) bool {
	_, hasPassword := r.Header[passwordHeader]
	return authn.Caller(r).UserID.IsZero() && !hasPassword
}

// Handler answers from the cache where it can. Whoever is logged in or shows the password of a
// video gets an answer of their own.
func (a *Anonymous) Handler(build Body) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		isAnonymous := IsAnonymous(r)
		var now moment
		if isAnonymous {
			now = a.now()
			if answer, ok := a.kept(now, r.URL.RequestURI()); ok {
				answer.Write(w, r)
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
		if isAnonymous {
			a.keep(now, r.URL.RequestURI(), answer)
		}
		answer.Write(w, r)
		return nil
	}
}
