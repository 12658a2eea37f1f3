package effects

import (
	"context"

	"github.com/riverqueue/river"

	commandsuser "vidilog/commands/user"
	"vidilog/domain/kernel"
	"vidilog/internal/failpoint"
)

// pointKeyDestroyed is where a person's key is gone and no event says so.
var pointKeyDestroyed = failpoint.New("effects.key-destroyed")

// ErasePerson makes what the log holds of a deleted person unreadable.
type ErasePerson struct {
	UserID  kernel.UserID `json:"userId"`
	Because Because       `json:"because"`
}

// Kind names the work in River.
func (ErasePerson) Kind() string { return "erase-person" }

func (e ErasePerson) owedTo(b Because) river.JobArgs { e.Because = b; return e }

// Keys destroys the key of a subject; doing it twice changes nothing.
type Keys interface {
	Shred(ctx context.Context, subject string) error
}

// EraseWorker destroys keys.
type EraseWorker struct {
	river.WorkerDefaults[ErasePerson]
	Users *commandsuser.Handlers
	Keys  Keys
}

// Work destroys the key and then says so: a crash between the two repeats both.
func (w *EraseWorker) Work(ctx context.Context, work *river.Job[ErasePerson]) error {
	id := work.Args.UserID
	if err := w.Keys.Shred(ctx, id.Stream().String()); err != nil {
		return err
	}
	if err := pointKeyDestroyed.Hit(); err != nil {
		return err
	}
	_, err := w.Users.Erase(ctx, work.Args.Because.caller(), commandsuser.Erase{UserID: id})
	return err
}
