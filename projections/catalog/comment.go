package catalog

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"vidilog/domain/comment"
	"vidilog/domain/kernel"
)

// Comment is what is shown of a comment.
type Comment struct {
	Number int64
	// Thread is the comment that begins the thread, InReplyTo the one that is answered, 0 for none.
	Thread, InReplyTo int64
	VideoID           kernel.VideoID
	VideoNumber       int64
	VideoName         string
	Text              string
	HeldForReview     bool
	CreatedAt         time.Time
	UpdatedAt         time.Time
	DeletedAt         *time.Time
	// Account is nil for a deleted comment.
	Account *Account
	// Replies and RepliesOfAuthor count what the viewer sees below the beginning of a thread, and what of it the video's author
	// wrote; 0 for other comments.
	Replies, RepliesOfAuthor int64

	accountID uuid.UUID
}

// BeginsThread says that the comment answers none.
func (c Comment) BeginsThread() bool { return c.InReplyTo == 0 }

// CommentViewer says which comments that are held for review somebody sees.
type CommentViewer struct {
	// SeesHeld is for those who may approve them.
	SeesHeld bool
	// UserID is whose own are seen, zero for nobody's.
	UserID kernel.UserID
}

// CommentThreads is a part of the threads of a video.
type CommentThreads struct {
	Threads []Comment
	// Total counts all threads, NotDeleted all comments of the video that are not deleted.
	Total, NotDeleted int
}

// The orders of threads by PeerTube's names (SORTABLE_COLUMNS.VIDEO_COMMENT_THREADS), with their SQL.
var threadOrders = map[string]string{
	"createdAt": "c.created_at{dir}, c.number{dir}",
	"totalReplies": `(select count(*) from comments r where r.thread = c.number and r.in_reply_to <> 0 and r.deleted_at is null
        and (not r.held_for_review or $2 or r.account_id = (select u.account_id from users u where u.id = $3))){dir}, c.number{dir}`,
}

var (
	commentSQL          = query("comment")
	threadsSQL          = query("threads_of_video")
	commentsOfThreadSQL = query("comments_of_thread")
	countCommentsSQL    = query("count_comments_of_video")
	commentsForPeersSQL = query("comments_for_peers")
	ancestorsSQL        = query("authors_above_comment")
	authorOfCommentSQL  = strings.ReplaceAll(accountSQL, "{where}", "a.id = (select c.account_id from comments c where c.number = $1)")
	accountsByIDSQL     = strings.ReplaceAll(accountSQL, "{where}", "a.id = any($1)")
)

func threadsInOrder(by string, ascending bool) string {
	direction := " desc"
	if ascending {
		direction = ""
	}
	return strings.ReplaceAll(threadsSQL, "{by}", strings.ReplaceAll(threadOrders[by], "{dir}", direction))
}

// Comment answers one comment, whoever may see it. Error: CodeNotFound in PeerTube's words.
func (c *Catalog) Comment(ctx context.Context, number int64) (Comment, error) {
	var found []Comment
	var authors []Account
	b := &pgx.Batch{}
	b.Queue(commentSQL, number).Query(func(rows pgx.Rows) (err error) {
		found, err = pgx.CollectRows(rows, scanComment)
		return err
	})
	b.Queue(authorOfCommentSQL, number).Query(func(rows pgx.Rows) (err error) {
		authors, err = pgx.CollectRows(rows, scanAccount)
		return err
	})
	if err := c.db.SendBatch(ctx, b).Close(); err != nil {
		return Comment{}, fmt.Errorf("catalog: comment: %w", err)
	}
	if len(found) == 0 {
		return Comment{}, comment.NotFound()
	}
	if len(authors) > 0 && authors[0].ID.UUID == found[0].accountID { // unless it was deleted between the two
		found[0].Account = &authors[0]
	}
	return found[0], nil
}

// CommentThreads answers threads of a video as somebody sees them. sort is createdAt or totalReplies.
func (c *Catalog) CommentThreads(
	ctx context.Context, film kernel.VideoID, viewer CommentViewer, sort string, ascending bool, start, count int,
) (found CommentThreads, err error) {
	b := &pgx.Batch{}
	all, own := viewer.seen()
	seen := []any{film.UUID, all, own}
	b.Queue(threadsInOrder(sort, ascending), append(seen, count, start)...).Query(func(rows pgx.Rows) (err error) {
		found.Threads, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (t Comment, err error) {
			return t, row.Scan(append(t.destinations(), &t.Replies, &t.RepliesOfAuthor)...)
		})
		return err
	})
	b.Queue(countCommentsSQL, seen...).QueryRow(func(row pgx.Row) error { return row.Scan(&found.Total, &found.NotDeleted) })
	if err := c.db.SendBatch(ctx, b).Close(); err != nil {
		return found, fmt.Errorf("catalog: threads: %w", err)
	}
	return found, c.addAuthors(ctx, found.Threads)
}

// CommentsOfThread answers the comments of a thread as somebody sees them, each after what it answers. There are none where they do
// not see its beginning.
func (c *Catalog) CommentsOfThread(ctx context.Context, thread int64, viewer CommentViewer) ([]Comment, error) {
	all, own := viewer.seen()
	found, err := many(ctx, c.db, commentsOfThreadSQL, func(row pgx.CollectableRow) (t Comment, err error) {
		var ofAuthor bool
		err = row.Scan(append(t.destinations(), &ofAuthor)...)
		if ofAuthor {
			t.RepliesOfAuthor = 1 // moved to the beginning of the thread below
		}
		return t, err
	}, thread, all, own)
	if err != nil || len(found) == 0 || found[0].Number != thread {
		return nil, err
	}
	found[0].RepliesOfAuthor = 0
	for i := 1; i < len(found); i++ {
		found[0].RepliesOfAuthor += found[i].RepliesOfAuthor
		found[i].RepliesOfAuthor = 0
		if found[i].DeletedAt == nil {
			found[0].Replies++
		}
	}
	return found, c.addAuthors(ctx, found)
}

// CommentsForPeers answers the numbers of a video's comments that other instances are told of, in the order in which they were
// written, and how many there are. Deleted ones are among them, as in PeerTube: peers learn so that they are gone.
func (c *Catalog) CommentsForPeers(ctx context.Context, film kernel.VideoID, start, count int) (numbers []int64, total int, err error) {
	numbers = []int64{}
	_, err = many(ctx, c.db, commentsForPeersSQL, func(row pgx.CollectableRow) (none struct{}, err error) {
		var number *int64
		if err := row.Scan(&total, &number); err == nil && number != nil {
			numbers = append(numbers, *number)
		}
		return none, err
	}, film.UUID, count, start)
	return numbers, total, err
}

// AuthorsAbove answers the accounts of the comments that a comment answers, directly or not, the first one first.
func (c *Catalog) AuthorsAbove(ctx context.Context, number int64) ([]string, error) {
	return many(ctx, c.db, ancestorsSQL, pgx.RowTo[string], number)
}

// seen are the arguments of what is seen: all that is held for review, or whose own.
func (v CommentViewer) seen() (all bool, own *uuid.UUID) {
	if !v.UserID.IsZero() {
		own = &v.UserID.UUID
	}
	return v.SeesHeld, own
}

// addAuthors looks up the accounts of comments.
func (c *Catalog) addAuthors(ctx context.Context, comments []Comment) error {
	var ids []uuid.UUID
	known := map[uuid.UUID]*Account{}
	for i := range comments {
		id := comments[i].accountID
		if _, asked := known[id]; !asked && id != uuid.Nil {
			known[id] = nil
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	accounts, err := many(ctx, c.db, accountsByIDSQL, scanAccount, ids)
	if err != nil {
		return err
	}
	for i := range accounts {
		known[accounts[i].ID.UUID] = &accounts[i]
	}
	for i := range comments {
		comments[i].Account = known[comments[i].accountID]
	}
	return nil
}

func scanComment(row pgx.CollectableRow) (c Comment, err error) {
	return c, row.Scan(c.destinations()...)
}

// commentColumns are the columns that destinations scans, of tables c and v.
const commentColumns = `c.number, c.thread, c.in_reply_to, c.video_id, v.number, v.name, c.text, c.held_for_review, c.created_at,
       c.updated_at, c.deleted_at, c.account_id`

func (c *Comment) destinations() []any {
	return []any{
		&c.Number, &c.Thread, &c.InReplyTo, &c.VideoID.UUID, &c.VideoNumber, &c.VideoName, &c.Text, &c.HeldForReview, &c.CreatedAt,
		&c.UpdatedAt, &c.DeletedAt,
		nullUUID{&c.accountID},
	}
}

// nullUUID scans a UUID that may be null, null as the zero one.
type nullUUID struct{ id *uuid.UUID }

// ScanUUID is pgx's interface for it.
func (n nullUUID) ScanUUID(v pgtype.UUID) error {
	*n.id = v.Bytes
	return nil
}
