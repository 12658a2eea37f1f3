package kernel

// Event is one fact of the domain. EventType is its literal id in the log, such as "video.published"; it never changes.
type Event interface{ EventType() string }

// Versioned is an event whose payload has been reshaped since its first version; events without it are at version 1.
type Versioned interface {
	Event
	// SchemaVersion is the version that is written today; upcasters raise stored older ones to it.
	SchemaVersion() int
}

// Personal is text about a person: an e-mail or IP address, a private message. The codec seals it with the key of the
// person before it reaches the log and answers Redacted once that key is gone.
type Personal string

// Redacted stands in for personal text whose key has been destroyed.
const Redacted Personal = "[redacted]"

// HoldsPersonal is implemented by events with Personal fields: it names the person whose key seals them.
type HoldsPersonal interface {
	Event
	// PersonalSubject is the key's name, the stream of the person: "user-<uuid>".
	PersonalSubject() string
}

// ActorKind says what sort of party acted.
type ActorKind string

// The parties that can act.
const (
	ActorSystem    ActorKind = "system"    // the server itself: start-up, schedulers, command line
	ActorUser      ActorKind = "user"      // a person with an account here; ID is the user's UUID
	ActorProcess   ActorKind = "process"   // a process manager; ID is its name
	ActorWorker    ActorKind = "worker"    // a local worker or remote runner; ID is its name
	ActorRemote    ActorKind = "remote"    // an actor of another instance; ID is its ActivityPub id
	ActorAnonymous ActorKind = "anonymous" // somebody who has not logged in
)

// Actor is who caused an event. OnBehalfOf is set where a process or worker acts for a user, so that "who did this"
// always ends at a person when there is one.
type Actor struct {
	Kind       ActorKind `json:"kind"`
	ID         string    `json:"id,omitempty"`
	OnBehalfOf string    `json:"onBehalfOf,omitempty"`
}

// System is the server acting for itself; part names which part of it, such as "startup".
func System(part string) Actor { return Actor{Kind: ActorSystem, ID: part} }

// ByUser is a logged-in person.
func ByUser(user UserID) Actor { return Actor{Kind: ActorUser, ID: user.String()} }

// ByProcess is a process manager acting for whoever caused the event it reacts to.
func ByProcess(name string, cause Actor) Actor {
	return Actor{Kind: ActorProcess, ID: name, OnBehalfOf: cause.Person()}
}

// ByWorker is a worker or runner that carries out a job.
func ByWorker(name string) Actor { return Actor{Kind: ActorWorker, ID: name} }

// Person is the kind and id of the party at the start of the chain: OnBehalfOf when set, else the actor itself.
func (a Actor) Person() string {
	if a.OnBehalfOf != "" {
		return a.OnBehalfOf
	}
	return a.String()
}

// String renders the actor as kind:id for tables and logs.
func (a Actor) String() string {
	if a.ID == "" {
		return string(a.Kind)
	}
	return string(a.Kind) + ":" + a.ID
}
