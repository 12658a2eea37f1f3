package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
)

// rangeBytes is what players ask for at once.
const rangeBytes = 64 << 10

// activityJSON is what other instances accept.
const activityJSON = "application/activity+json"

// words occur in the names of seeded videos, in about a seventh of them each.
var words = []string{"river", "harbour", "night", "lecture", "bicycle", "garden", "concert", "mountain", "robot", "forest"}

// kind is one kind of request.
type kind struct {
	name    string // for --only
	label   string
	clients int
	most    int64 // requests, when fewer than the run's limit
	rested  bool  // wait until the instance rests before
	// send sends the request number n, from 0, of a client.
	send func(ctx context.Context, client int, n int64) (answer, error)
	// accept says what is wrong with an answer.
	accept func(answer) error
}

// kinds are all measurements, reads before writes. Uploads are followed by transcoding, so they come late. Comments of many come
// last: PeerTube's pool of five database connections locks up under them, and the server does not answer for minutes.
func kinds(s *stage, o options) []kind {
	anonymous := &instance{base: s.base, client: s.client}
	all := reads(s, o)
	all = append(all, kind{
		name: "view", label: "POST /api/v1/videos/{id}/views", clients: o.Clients, accept: status(http.StatusNoContent),
		send: func(ctx context.Context, client int, n int64) (answer, error) {
			path := fmt.Sprintf("/api/v1/videos/%d/views", pick(s.ids))
			r, err := anonymous.request(ctx, http.MethodPost, path, []byte(`{"currentTime":1}`), "application/json")
			if err == nil { // every view by somebody else, as behind a proxy
				r.Header.Set("X-Forwarded-For", fmt.Sprintf("10.%d.%d.%d", client, n>>8&255, n&255))
			}
			return anonymous.do(r, err)
		},
	})
	all = append(all, update(s, 1), update(s, ownVideos), comment(s, 1))
	if o.Uploads > 0 {
		all = append(all, upload(s, int64(o.Uploads)))
	}
	crowd := comment(s, ownVideos)
	crowd.rested = true
	return append(all, crowd)
}

// reads are asked in turn from a stock, so that making them costs nothing while they are measured.
func reads(s *stage, o options) []kind {
	read := func(name, label string, accept func(answer) error, questions ...question) kind {
		return kind{name: name, label: label, clients: o.Clients, accept: accept, send: asking(s.base, o.Clients, questions)}
	}
	each := func(paths func(word string) string) (stock []question) {
		for _, word := range words {
			stock = append(stock, ask(s.base, paths(word), ""))
		}
		return stock
	}
	var videos, others, objects, ranges []question
	one := func(id int64, uuid string) question {
		return ask(s.base, fmt.Sprintf("/api/v1/videos/%d", id), `"uuid":"`+uuid+`"`)
	}
	for _, v := range s.others {
		others = append(others, one(v.ID, v.UUID))
	}
	for i, id := range s.ids {
		videos = append(videos, one(id, s.uuids[i]))
		objects = append(objects, ask(s.base, "/videos/watch/"+s.uuids[i], s.uuids[i], "Accept", activityJSON))
		from := rand.Int64N(max(s.bytes-rangeBytes, 0) + 1)
		ranges = append(ranges, ask(s.base, s.film, "", "Range", fmt.Sprintf("bytes=%d-%d", from, from+rangeBytes-1)))
	}
	return []kind{
		read("list", "GET /api/v1/videos?count=15&sort=-publishedAt", list,
			ask(s.base, "/api/v1/videos?count=15&sort=-publishedAt", "")),
		read("video", "GET /api/v1/videos/{id}", holding("uuid"), videos...),
		read("video-any", "GET /api/v1/videos/{id}, one after the other", holding("uuid"), others...),
		read("filter", "GET /api/v1/videos?search=…", list,
			each(func(word string) string { return "/api/v1/videos?count=15&sort=-publishedAt&search=" + word })...),
		read("search", "GET /api/v1/search/videos?search=…", list,
			each(func(word string) string { return "/api/v1/search/videos?count=15&search=" + word })...),
		read("activitypub", "GET /videos/watch/{uuid} as ActivityPub", activity, objects...),
		// One video that many instances fetch at once, as after its publication; PeerTube keeps such an answer for a second.
		read("activitypub-one", "GET /videos/watch/{uuid} as ActivityPub, always the same", activity, objects[0]),
		read("range", "static range of 64 KiB", ranged, ranges...),
	}
}

func update(s *stage, clients int) kind {
	return kind{
		name: fmt.Sprintf("update-%d", clients), label: "PUT /api/v1/videos/{id}", clients: clients,
		accept: status(http.StatusNoContent),
		send: func(ctx context.Context, client int, n int64) (answer, error) {
			body := fmt.Appendf(nil, `{"name":"Bench short %d, take %d"}`, client+1, n)
			return s.do(s.request(ctx, http.MethodPut, "/api/v1/videos/"+s.own[client], body, "application/json"))
		},
	}
}

// comment writes below one and the same video: a lively thread is what contention looks like.
func comment(s *stage, clients int) kind {
	return kind{
		name: fmt.Sprintf("comment-%d", clients), label: "POST /api/v1/videos/{id}/comment-threads", clients: clients,
		accept: holding("comment"),
		send: func(ctx context.Context, client int, n int64) (answer, error) {
			body := fmt.Appendf(nil, `{"text":"Comment %d of client %d"}`, n, client+1)
			return s.do(s.request(ctx, http.MethodPost, "/api/v1/videos/"+s.own[0]+"/comment-threads", body, "application/json"))
		},
	}
}

func upload(s *stage, most int64) kind {
	return kind{
		name: "upload", label: fmt.Sprintf("POST /api/v1/videos/upload, %d kB", len(s.short)>>10), clients: 1, most: most,
		accept: holding("video"),
		send: func(ctx context.Context, _ int, n int64) (answer, error) {
			body, contentType, err := uploadBody(s.short, fmt.Sprintf("Bench upload %d", n+1), s.channel)
			if err != nil {
				return answer{}, err
			}
			return s.do(s.request(ctx, http.MethodPost, "/api/v1/videos/upload", body, contentType))
		},
	}
}

func pick[T any](from []T) T { return from[rand.IntN(len(from))] }

// chosen answers the kinds that are named, or all.
func chosen(all []kind, only string) []kind {
	if only == "" {
		return all
	}
	var some []kind
	for _, k := range all {
		for name := range strings.SplitSeq(only, ",") {
			if strings.TrimSpace(name) == k.name {
				some = append(some, k)
			}
		}
	}
	return some
}

func status(wanted int) func(answer) error {
	return func(a answer) error {
		if a.status != wanted {
			return fmt.Errorf("status %d in place of %d: %.200s", a.status, wanted, a.body)
		}
		return nil
	}
}

// holding accepts a JSON object with a key.
func holding(key string) func(answer) error {
	quoted := []byte(`"` + key + `"`)
	return func(a answer) error {
		if err := status(http.StatusOK)(a); err != nil {
			return err
		}
		if !a.isSkimmed && !json.Valid(a.body) || !bytes.Contains(a.body, quoted) {
			return fmt.Errorf("no JSON with %q: %.200s", key, a.body)
		}
		if !bytes.Contains(a.body, a.marker) {
			return fmt.Errorf("an answer to something else than %s: %.200s", a.marker, a.body)
		}
		return nil
	}
}

var holdingTotal, holdingContext = holding("total"), holding("@context")

// list accepts a list with something in it.
func list(a answer) error {
	if err := holdingTotal(a); err != nil {
		return err
	}
	if !bytes.Contains(a.body, []byte(`"uuid"`)) {
		return fmt.Errorf("a list without videos: %.200s", a.body)
	}
	return nil
}

func activity(a answer) error {
	if !strings.Contains(a.contentType, activityJSON) {
		return errLacking{fmt.Sprintf("it answers %s with status %d", a.contentType, a.status)}
	}
	return holdingContext(a)
}

func ranged(a answer) error {
	if err := status(http.StatusPartialContent)(a); err != nil {
		return err
	}
	if len(a.body) != rangeBytes {
		return fmt.Errorf("a range of %d bytes in place of %d", len(a.body), rangeBytes)
	}
	return nil
}

// errLacking says that the instance does not offer a kind of request at all.
type errLacking struct{ how string }

func (e errLacking) Error() string { return e.how }

// lacking says whether the first answer means that there is no such endpoint. What is sent is well-formed, so an instance that
// calls it a bad request without a word has taken the path for something else.
func lacking(a answer, wrong error) bool {
	switch a.status {
	case http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented:
		return true
	case http.StatusBadRequest:
		return len(a.body) == 0
	}
	return errors.As(wrong, &errLacking{})
}
