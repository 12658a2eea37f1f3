package comments

import (
	"context"
	"net/http"

	"vidilog/api/authn"
	"vidilog/api/rest/access"
	"vidilog/api/rest/decode"
	"vidilog/api/shape"
	"vidilog/commands"
	commandscomment "vidilog/commands/comment"
	"vidilog/domain/comment"
	"vidilog/domain/kernel"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// start answers POST /api/v1/videos/{id}/comment-threads.
func (a *API) start(w http.ResponseWriter, r *http.Request) error {
	text, err := readText(w, r)
	if err != nil {
		return err
	}
	key, err := a.Access.See(r)
	if err != nil {
		return err
	}
	outcome, err := a.Commands.StartThread(r.Context(), authn.Caller(r), commandscomment.StartThread{VideoID: key.ID, Text: text})
	if err != nil {
		return err
	}
	return a.written(w, r, outcome, catalog.Comment{VideoID: key.ID, VideoNumber: key.Number, Text: text})
}

// reply answers POST /api/v1/videos/{id}/comments/{commentId}.
func (a *API) reply(w http.ResponseWriter, r *http.Request) error {
	number, err := commentNumber(r)
	if err != nil {
		return err
	}
	text, err := readText(w, r)
	if err != nil {
		return err
	}
	key, err := a.Access.See(r)
	if err != nil {
		return err
	}
	outcome, err := a.Commands.Reply(r.Context(), authn.Caller(r), commandscomment.Reply{VideoID: key.ID, InReplyTo: number, Text: text})
	if err != nil {
		return err
	}
	return a.written(w, r, outcome, catalog.Comment{VideoID: key.ID, VideoNumber: key.Number, InReplyTo: number, Text: text})
}

// readText reads the text of a new comment, and the video's id, so that what is wrong with either is said at once. The word "null"
// is a text here.
func readText(w http.ResponseWriter, r *http.Request) (string, error) {
	fields, err := decode.Body(w, r)
	if err != nil {
		return "", err
	}
	text, isText := fields.Values()["text"].(string)
	if !isText || comment.CheckText(text) != nil {
		fields.Refuse("text", "Invalid value")
	}
	if _, _, err := access.Reference(r); err != nil {
		return "", err
	}
	return text, fields.Err()
}

type written struct {
	Comment shape.Comment `json:"comment"`
}

// written answers the new comment as lists show it. What is recorded is never refused: where the catalog does not show it in time,
// the answer is made of what is known of it.
func (a *API) written(w http.ResponseWriter, r *http.Request, outcome commands.Outcome[commandscomment.Written], known catalog.Comment) error {
	a.Writes.Settle(w, r, outcome.Position)
	made := outcome.Result
	found, err := a.Catalog.Comment(r.Context(), made.CommentID)
	if err != nil {
		found = known
		found.Number, found.Thread, found.HeldForReview = made.CommentID, made.ThreadID, made.HeldForReview
		found.CreatedAt, found.UpdatedAt = made.At, made.At
		found.Account = a.accountOf(r.Context(), authn.Caller(r).UserID)
	}
	return httpx.JSON(w, r, http.StatusOK, written{a.Site.Comment(found)})
}

func (a *API) accountOf(ctx context.Context, id kernel.UserID) *catalog.Account {
	person, err := a.Catalog.User(ctx, id)
	if err != nil {
		return nil
	}
	return &person.Account
}

// remove answers DELETE /api/v1/videos/{id}/comments/{commentId}.
func (a *API) remove(w http.ResponseWriter, r *http.Request) error {
	film, number, err := a.named(r)
	if err != nil {
		return err
	}
	outcome, err := a.Commands.Delete(r.Context(), authn.Caller(r), commandscomment.Delete{VideoID: film, CommentID: number})
	if err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}

// approve answers POST /api/v1/videos/{id}/comments/{commentId}/approve.
func (a *API) approve(w http.ResponseWriter, r *http.Request) error {
	film, number, err := a.named(r)
	if err != nil {
		return err
	}
	outcome, err := a.Commands.Approve(r.Context(), authn.Caller(r), commandscomment.Approve{VideoID: film, CommentID: number})
	if err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}

// named reads video and comment of the URL.
func (a *API) named(r *http.Request) (kernel.VideoID, int64, error) {
	number, err := commentNumber(r)
	if err != nil {
		return kernel.VideoID{}, 0, err
	}
	key, _, err := a.Access.Find(r)
	return key.ID, number, err
}
