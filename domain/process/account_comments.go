package process

import (
	"vidilog/domain/account"
	"vidilog/domain/kernel"
)

// AccountCommentsName is the consumer group of the process and the actor of what it does.
const AccountCommentsName = "accountcomments"

// AccountComments deletes what a deleted account has written. There may be thousands of comments, so each step says in the log how
// far it came, and that is the cause of the next.
type AccountComments struct{}

// Apply folds one event of the process's stream; nothing is refused to it, so there is nothing to remember.
func (a AccountComments) Apply(kernel.Event) AccountComments { return a }

// AccountCommentsKey answers whose process an event belongs to; ok is false for events that are none of its business.
func AccountCommentsKey(e kernel.Event) (id kernel.AccountID, ok bool) {
	switch e := e.(type) {
	case account.Deleted:
		return e.AccountID, true
	case account.CommentsRemoved:
		return e.AccountID, e.More
	}
	return id, false
}

// React answers the next step.
func (AccountComments) React(cause Cause) Decision {
	id, concerned := AccountCommentsKey(cause.Data)
	if !concerned {
		return Decision{}
	}
	return Decision{Intents: []Intent{RemoveCommentsOfAccount{AccountID: id}}}
}
