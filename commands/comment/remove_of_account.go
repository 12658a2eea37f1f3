package comment

import (
	"context"
	"fmt"
	"strconv"

	"vidilog/commands"
	"vidilog/domain/account"
	"vidilog/domain/comment"
	"vidilog/domain/kernel"
	"vidilog/domain/process"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/eventstore"
)

const (
	// perStep bounds the comments of one append, which may hold 1,000 events.
	perStep = 100
	// stepsAtOnce bounds what RemoveOf does for one request: PeerTube deletes the first 5,000.
	stepsAtOnce = 50
)

// RemoveOf deletes what an account has written: below the caller's own videos, or everywhere on the instance.
type RemoveOf struct {
	AccountID kernel.AccountID `json:"accountId"`
	// Everywhere needs the right to manage any comment.
	Everywhere bool `json:"everywhere"`
	// After is the key of the last comment that an earlier step has looked at, "" for the first step.
	After string `json:"after"`
}

// removed is what one step of RemoveOf came to.
type removed struct {
	// Last is the key of the last comment looked at, More says that there are others.
	Last string `json:"last"`
	More bool   `json:"more"`
}

var removeOf = commands.Spec[RemoveOf, removed]{Type: "comment.remove-of-account", Needs: commands.ByUser(), Handle: handleRemoveOf}

// RemoveOf runs the command step by step and answers the position of the last one. Error: CodeForbidden for everywhere without the
// right.
func (h *Handlers) RemoveOf(ctx context.Context, caller commands.Caller, c RemoveOf) (reached eventstore.Position, err error) {
	requested := caller.CommandID
	for range stepsAtOnce {
		if requested != "" { // each step is a command of its own
			caller.CommandID = requested + "/" + c.After
		}
		outcome, err := commands.Run(ctx, h.bus, caller, removeOf, c)
		if err != nil {
			return reached, err
		}
		reached = max(reached, outcome.Position)
		if !outcome.Result.More {
			return reached, nil
		}
		c.After = outcome.Result.Last
	}
	return reached, nil
}

func handleRemoveOf(ctx context.Context, w *commands.Work, c RemoveOf) (removed, error) {
	if c.Everywhere && !w.Caller.Role.Has(user.RightManageAnyComment) {
		return removed{}, kernel.Forbidden("User cannot remove any comments of this instance.")
	}
	written, more, err := writtenAfter(ctx, w, c.AccountID, c.After)
	if err != nil {
		return removed{}, err
	}
	step := removed{More: more}
	for _, found := range written {
		step.Last = found.key
		film, err := commands.Load[video.Video](ctx, w, found.thread.VideoID.Stream())
		if err != nil {
			return removed{}, err
		}
		by := removerOf(w, film, found.comment)
		if film.Deleted || !c.Everywhere && film.OwnerID != w.Caller.UserID {
			continue
		}
		if err := removeFrom(ctx, w, found.stream, found.comment, by); err != nil {
			return removed{}, err
		}
	}
	return step, nil
}

// entry is a comment in the list of what an account has written.
type entry struct {
	key     string
	stream  kernel.StreamID
	thread  comment.Thread
	comment comment.Comment
}

// writtenAfter answers the next comments that an account has written and not deleted, and whether there are more.
func writtenAfter(ctx context.Context, w *commands.Work, author kernel.AccountID, after string) (found []entry, more bool, err error) {
	claims, err := w.ClaimsOf(ctx, writtenBy(author), after, perStep+1)
	if err != nil {
		return nil, false, err
	}
	if more = len(claims) > perStep; more {
		claims = claims[:perStep]
	}
	for _, claim := range claims {
		e := entry{key: claim.Key}
		id, err := numberOf(claim.Key)
		if err != nil {
			return nil, false, err
		}
		if e.stream, e.thread, err = Find(ctx, w, id); err != nil {
			return nil, false, err
		}
		if e.comment, err = e.thread.Find(id); err != nil {
			return nil, false, err
		}
		found = append(found, e)
	}
	return found, more, nil
}

// numberOf reads a key that IntegerClaim has made.
func numberOf(key string) (int64, error) {
	id, err := strconv.ParseInt(key, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("the claim of a comment is keyed %q: %w", key, err)
	}
	return id, nil
}

// RemoveAll deletes some of what a deleted account has written.
type RemoveAll struct {
	AccountID kernel.AccountID `json:"accountId"`
}

// RemoveAllSpec is for the process that follows the deletion.
var RemoveAllSpec = commands.Spec[RemoveAll, struct{}]{
	Type: removeAll.Type,
	Handle: func(ctx context.Context, w *commands.Work, c RemoveAll) (struct{}, error) {
		_, err := removeAll.Handle(ctx, w, c)
		return struct{}{}, err
	},
}

var removeAll = commands.Spec[RemoveAll, bool]{Type: "comment.remove-all-of-account", Handle: handleRemoveAll}

func handleRemoveAll(ctx context.Context, w *commands.Work, c RemoveAll) (more bool, err error) {
	written, more, err := writtenAfter(ctx, w, c.AccountID, "")
	if err != nil {
		return false, err
	}
	for _, found := range written {
		if err := removeFrom(ctx, w, found.stream, found.comment, comment.WithAccount); err != nil {
			return false, err
		}
	}
	_, err = commands.Decide[account.Account](ctx, w, c.AccountID.Stream(), account.RemoveComments{Comments: len(written), More: more})
	return more, err
}

// Clear takes the first steps of deleting what a deleted account has written, so that who asked for it does not see it any more. It
// answers the position of the last one. What it leaves, or fails to do, is the process's, which follows the log.
func Clear(ctx context.Context, bus *commands.Bus, caller commands.Caller, id kernel.AccountID) eventstore.Position {
	return commands.Ahead(ctx, bus, caller, process.AccountCommentsName, removeAll, RemoveAll{AccountID: id})
}
