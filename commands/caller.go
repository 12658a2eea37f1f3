package commands

import (
	"github.com/google/uuid"

	"vidilog/domain/kernel"
	"vidilog/domain/user"
)

// Caller is who sends a command and in which context.
type Caller struct {
	Actor kernel.Actor
	// UserID and Role are set for a logged-in person.
	UserID kernel.UserID
	Role   user.Role
	// CommandID makes a repeat answer the first result; empty for a fresh one.
	CommandID string
	// Correlation ties together everything a request sets in motion; zero for a new one.
	Correlation uuid.UUID
	// Causation is the event that is reacted to; zero for a request.
	Causation uuid.UUID
	// Address and UserAgent of the request; they are sealed with the person's key.
	Address, UserAgent string
}

// Internal is a part of the server itself: start-up, a process, a worker.
func Internal(actor kernel.Actor) Caller { return Caller{Actor: actor} }

// ForUser is a logged-in person.
func ForUser(id kernel.UserID, role user.Role) Caller {
	return Caller{Actor: kernel.ByUser(id), UserID: id, Role: role}
}

// Anonymous is somebody who has not logged in.
func Anonymous() Caller { return Caller{Actor: kernel.Actor{Kind: kernel.ActorAnonymous}} }

func (c Caller) isInternal() bool {
	return c.Actor.Kind == kernel.ActorSystem || c.Actor.Kind == kernel.ActorProcess || c.Actor.Kind == kernel.ActorWorker
}

// MustOwn answers CodeForbidden unless the caller is this user, holds the right that stands above ownership, or is the
// server itself.
func (c Caller) MustOwn(owner kernel.UserID, above user.Right) error {
	if c.isInternal() || c.Actor.Kind == kernel.ActorUser && (c.UserID == owner || c.Role.Has(above)) {
		return nil
	}
	return kernel.Forbidden("Cannot manage a video of another user.")
}

// Requirement says who may send a command at all; whose things it may touch is decided after loading.
type Requirement struct {
	kind  requirementKind
	right user.Right
}

type requirementKind int

const (
	needsServer requirementKind = iota
	needsUser
	needsRight
	needsNobody
)

// ByServer admits the server itself only: start-up, processes, workers. It is the zero value, so that a command without a
// requirement is closed to the outside.
func ByServer() Requirement { return Requirement{kind: needsServer} }

// ByAnyone admits everybody.
func ByAnyone() Requirement { return Requirement{kind: needsNobody} }

// ByUser admits logged-in people and the server.
func ByUser() Requirement { return Requirement{kind: needsUser} }

// ByRight admits people whose role has the right, and the server.
func ByRight(r user.Right) Requirement { return Requirement{kind: needsRight, right: r} }

// admit answers CodeUnauthenticated or CodeForbidden when the caller may not.
func (r Requirement) admit(c Caller) error {
	switch {
	case r.kind == needsNobody || c.isInternal():
		return nil
	case c.Actor.Kind != kernel.ActorUser:
		return kernel.Refuse(kernel.CodeUnauthenticated, "Authentication is required")
	case r.kind == needsServer:
		return kernel.Forbidden("this is done by the server itself only")
	case r.kind == needsRight && !c.Role.Has(r.right):
		return kernel.Forbidden("User %s does not have the right this needs", c.UserID).WithAPICode("")
	}
	return nil
}
