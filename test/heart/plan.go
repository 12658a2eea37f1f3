package main

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/google/uuid"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
)

// What writers do, in per cent of their appends.
const (
	percentTwoStreams = 30
	percentStale      = 5  // an exact version that is wrong: must lose
	percentClaims     = 10 // a name that somebody else also wants
	percentRepeats    = 5  // a command that has been acknowledged before
)

const (
	sharedStreams   = 64
	eventsPerStream = 400 // then a writer begins another stream of its own
)

// Plan is one append, in a form from which it can be made again after a crash.
type Plan struct {
	ID      string             `json:"id"`
	Own     string             `json:"own"`     // the writer's own stream
	Version eventstore.Version `json:"version"` // it is expected at
	Shared  string             `json:"shared,omitempty"`
	Claim   string             `json:"claim,omitempty"`
	Stale   bool               `json:"stale,omitempty"`
}

// events is how many events the append records.
func (p Plan) events() int {
	if p.Shared != "" {
		return 2
	}
	return 1
}

// planner makes up one writer's appends.
type planner struct {
	name    string // unique to the writer and to the life of its process
	rival   string // shared by the writers that compete for the same claims
	random  *rand.Rand
	count   int
	claims  int
	streams int
	version eventstore.Version
}

func newPlanner(name, rival string, seed uint64) *planner {
	return &planner{name: name, rival: rival, random: rand.New(rand.NewPCG(seed, 1))}
}

func (p *planner) next() Plan {
	if p.version >= eventsPerStream {
		p.streams++
		p.version = 0
	}
	p.count++
	plan := Plan{ID: fmt.Sprintf("%s-%d", p.name, p.count), Own: p.ownStream(), Version: p.version}
	if p.chance(percentTwoStreams) {
		plan.Shared = fmt.Sprint(p.random.IntN(sharedStreams))
	}
	if p.chance(percentClaims) {
		p.claims++
		plan.Claim = fmt.Sprintf("%s-%d", p.rival, p.claims)
	}
	if p.chance(percentStale) {
		plan.Stale, plan.Claim = true, ""
		plan.Version++
	}
	return plan
}

func (p *planner) chance(percent int) bool { return p.random.IntN(100) < percent }

// payload is of the size that events of the domain have. It is made by hand: the writers must not take the time that is
// to be measured.
func payload(p Plan, stream string) []byte {
	b := make([]byte, 0, 600)
	b = append(b, `{"command":"`...)
	b = append(b, p.ID...)
	b = append(b, `","stream":"`...)
	b = append(b, stream...)
	b = append(b, `","title":"A film about an afternoon by the sea","filler":"`...)
	b = append(b, payloadFiller...)
	return append(b, `","files":[240,480,720,1080],"privacy":1,"category":15,"licence":2,"language":"en"}`...)
}

var payloadFiller = strings.Repeat("vidilog ", 40)

// toAppend makes the append; the same plan makes the same append every time.
func (p Plan) toAppend() eventstore.Append {
	a := eventstore.Append{
		Command: eventstore.Command{
			CommandKey:  eventstore.CommandKey{Actor: "user:heart", Type: "heart.write", ID: p.ID},
			PayloadHash: sha256.Sum256([]byte(p.ID)),
		},
		Metadata: eventstore.Metadata{
			Correlation: uuid.NewSHA1(uuid.NameSpaceOID, []byte(p.ID)),
			Actor:       kernel.Actor{Kind: kernel.ActorUser, ID: "heart"},
		},
		Result: []byte(`{"id":"` + p.ID + `"}`),
	}
	add := func(kind kernel.StreamKind, id string, expected eventstore.Expected) {
		a.Streams = append(a.Streams, eventstore.StreamAppend{
			Stream: kernel.StreamID{Kind: kind, ID: id}, Expected: expected,
			Events: []eventstore.Draft{{
				EventID: uuid.NewSHA1(uuid.NameSpaceOID, []byte(p.ID+string(kind))), Type: "heart." + string(kind),
				SchemaVersion: 1, Payload: payload(p, id),
			}},
		})
	}
	add("own", p.Own, eventstore.Exactly(p.Version))
	if p.Shared != "" {
		add("shared", p.Shared, eventstore.Any())
	}
	if p.Claim != "" {
		a.Claims = []eventstore.ClaimChange{{ClaimKey: claimKey(p.Claim), Owner: p.ID}}
	}
	return a
}

func claimKey(name string) eventstore.ClaimKey { return eventstore.ClaimKey{Kind: "heart", Key: name} }

func (p *planner) ownStream() string { return fmt.Sprintf("%s-%d", p.name, p.streams) }
