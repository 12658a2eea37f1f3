package activitypub

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/gorilla/mux"

	"vidilog/api/shape"
	"vidilog/domain/comment"
	"vidilog/domain/kernel"
	"vidilog/domain/video"
	"vidilog/federation/outbox"
	"vidilog/federation/vocab"
	"vidilog/projections/catalog"
)

const commentPath = "/videos/watch/{id}/comments/{comment:[0-9]+}"

// comments lists those of a video, deleted ones among them, as in PeerTube.
func (a *API) comments(r *http.Request) ([]byte, error) {
	key, err := a.visible(r)
	if err != nil {
		return nil, err
	}
	part, err := a.part(r)
	if err != nil {
		return nil, err
	}
	numbers, total, err := a.Catalog.CommentsForPeers(r.Context(), key.ID, max(part.Start(), 0), part.Size)
	if err != nil {
		return nil, err
	}
	return a.collection(r, a.Builder.Addresses.Video(key.ID)+"/comments", total, func(outbox.Part) (any, error) {
		ids := make([]string, len(numbers))
		for i, number := range numbers {
			ids[i] = a.Builder.Comment(key.ID, number)
		}
		return ids, nil
	})
}

// comment answers a comment, or what is left of it.
func (a *API) comment(r *http.Request) ([]byte, error) {
	return a.commentAs(r, func(n vocab.Note) any { return n })
}

// commentActivity answers the activity that brought a comment into the world; of a deleted one what is left of it, as in PeerTube.
func (a *API) commentActivity(r *http.Request) ([]byte, error) {
	return a.commentAs(r, func(n vocab.Note) any { return a.Builder.CreateNote(n) })
}

func (a *API) commentAs(r *http.Request, show func(vocab.Note) any) ([]byte, error) {
	c, err := a.told(r)
	if err != nil {
		return nil, err
	}
	if c.DeletedAt != nil {
		return vocab.Document(vocab.CommentContext, a.Builder.Tombstone(c))
	}
	note, err := a.note(r, c)
	if err != nil {
		return nil, err
	}
	return vocab.Document(vocab.CommentContext, show(note))
}

// commentApproval answers that the video's owner lets a comment stand.
func (a *API) commentApproval(r *http.Request) ([]byte, error) {
	c, err := a.told(r)
	if err != nil {
		return nil, err
	}
	film, err := a.Catalog.Video(r.Context(), catalog.ByID(c.VideoID))
	if err != nil {
		return nil, err
	}
	return vocab.Document(vocab.ApproveReplyContext, a.Builder.ApproveReply(c, film.Channel.Account.Name))
}

// commentPage leads people to the comment on the page of its video; to the video where there is no such comment, and to what the page
// says where they may not see it.
func (a *API) commentPage(w http.ResponseWriter, r *http.Request) {
	page := "/w/" + url.PathEscape(mux.Vars(r)["id"])
	if key, err := a.See(r); err == nil {
		page = "/w/" + shape.ShortUUID(key.ID.UUID)
		if c, err := a.found(r); err == nil && c.VideoID == key.ID && !c.HeldForReview {
			page += ";threadId=" + strconv.FormatInt(c.Thread, 10)
		}
	}
	w.Header().Add("Vary", "Accept")
	http.Redirect(w, r, page, http.StatusFound)
}

func (a *API) note(r *http.Request, c catalog.Comment) (vocab.Note, error) {
	if c.Account == nil {
		return vocab.Note{}, comment.NotFound() // its author is just being deleted
	}
	above, err := a.Catalog.AuthorsAbove(r.Context(), c.Number)
	if err != nil {
		return vocab.Note{}, err
	}
	return a.Builder.Note(c, above), nil
}

// told answers the comment of the URL where other instances are told of it: below videos that they are told of, and not while it is
// held for review. Error: CodeNotFound.
func (a *API) told(r *http.Request) (catalog.Comment, error) {
	key, err := a.See(r)
	if code := kernel.CodeOf(err); code == kernel.CodeUnauthenticated || code == kernel.CodeForbidden || err == nil && !a.federates(key) {
		err = kernel.NotFound("Video not found")
	}
	if err != nil {
		return catalog.Comment{}, err
	}
	c, err := a.found(r)
	if err == nil && c.VideoID != key.ID {
		err = kernel.Refuse(kernel.CodeInvalid, "Video comment is not associated to this video.").
			WithAPICode("comment_not_associated_to_video")
	}
	if err == nil && c.HeldForReview {
		err = comment.NotFound()
	}
	return c, err
}

func (a *API) found(r *http.Request) (catalog.Comment, error) {
	number, err := strconv.ParseInt(mux.Vars(r)["comment"], 10, 64)
	if err != nil {
		return catalog.Comment{}, comment.NotFound()
	}
	return a.Catalog.Comment(r.Context(), number)
}

// federates says that other instances are told of a video (PeerTube's canVideoBeFederated).
func (a *API) federates(k catalog.Key) bool {
	privacy := video.Privacy(k.Privacy)
	return k.State == int(video.StatePublished) && (privacy == video.Public || privacy == video.Unlisted && a.FederatesUnlisted())
}
