package catalog

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"vidilog/domain/kernel"
)

// CommentFilter says which comments of the instance a list has and which part of it. Deleted ones are in none.
type CommentFilter struct {
	Start, Count int
	// Ascending lists the oldest first.
	Ascending bool
	// OwnerID asks for those below somebody's videos.
	OwnerID   *kernel.UserID
	VideoID   *kernel.VideoID
	ChannelID *kernel.ChannelID
	// HeldForReview is nil for both.
	HeldForReview *bool
	// Search finds part of the text, of the account's name or display name, or of the video's name, without regard to case, as in
	// PeerTube; the other two find part of some of these.
	Search, SearchAccount, SearchVideo string
	// Nothing asks for what this release does not have: comments of other instances, or tags.
	Nothing bool
}

var (
	listCommentsSQL       = query("list_comments")
	countListedCommentSQL = query("count_comments")
)

// ListComments answers a page of comments and how many there are in all.
func (c *Catalog) ListComments(ctx context.Context, f CommentFilter) (page []Comment, total int, err error) {
	sql, args := listCommentsStatement(f)
	counted := commentConditions(f, 0)
	b := &pgx.Batch{}
	b.Queue(sql, args...).Query(func(rows pgx.Rows) (err error) {
		page, err = pgx.CollectRows(rows, scanComment)
		return err
	})
	count := strings.ReplaceAll(countListedCommentSQL, "{where}", counted.String())
	b.Queue(count, counted.args...).QueryRow(func(row pgx.Row) error { return row.Scan(&total) })
	if err := c.db.SendBatch(ctx, b).Close(); err != nil {
		return nil, 0, fmt.Errorf("catalog: list comments: %w", err)
	}
	return page, total, c.addAuthors(ctx, page)
}

func listCommentsStatement(f CommentFilter) (string, []any) {
	wanted := commentConditions(f, 2)
	direction := " desc"
	if f.Ascending {
		direction = ""
	}
	return strings.NewReplacer("{where}", wanted.String(), "{dir}", direction).Replace(listCommentsSQL),
		append([]any{f.Count, f.Start}, wanted.args...)
}

// commentConditions composes what f asks for; the first parameters are the statement's own.
func commentConditions(f CommentFilter, own int) *plainConditions {
	w := &plainConditions{own: own, texts: []string{"c.deleted_at is null"}}
	if f.Nothing {
		w.texts = append(w.texts, "false")
	}
	if f.OwnerID != nil {
		w.add("v.owner_id = $", f.OwnerID.UUID)
	}
	if f.VideoID != nil {
		w.add("c.video_id = $", f.VideoID.UUID)
	}
	if f.ChannelID != nil {
		w.add("v.channel_id = $", f.ChannelID.UUID)
	}
	if f.HeldForReview != nil {
		w.add("c.held_for_review = $", *f.HeldForReview)
	}
	for _, search := range []struct{ text, condition string }{
		{f.Search, "(c.text ilike $ or a.name ilike $ or a.display_name ilike $ or v.name ilike $)"},
		{f.SearchAccount, "(a.name ilike $ or a.display_name ilike $)"},
		{f.SearchVideo, "v.name ilike $"},
	} {
		if search.text != "" {
			w.add(search.condition, "%"+likeSpecials.Replace(search.text)+"%")
		}
	}
	return w
}
