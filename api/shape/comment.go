package shape

import (
	"strconv"

	"vidilog/domain/kernel"
	"vidilog/projections/catalog"
)

// Comment is a comment below a video.
type Comment struct {
	ID                          int64    `json:"id"`
	URL                         string   `json:"url"`
	Text                        string   `json:"text"`
	ThreadID                    int64    `json:"threadId"`
	InReplyToCommentID          *int64   `json:"inReplyToCommentId"`
	VideoID                     int64    `json:"videoId"`
	CreatedAt                   Time     `json:"createdAt"`
	UpdatedAt                   Time     `json:"updatedAt"`
	DeletedAt                   *Time    `json:"deletedAt"`
	HeldForReview               bool     `json:"heldForReview"`
	IsDeleted                   bool     `json:"isDeleted"`
	TotalRepliesFromVideoAuthor int64    `json:"totalRepliesFromVideoAuthor"`
	TotalReplies                int64    `json:"totalReplies"`
	Account                     *Account `json:"account"`
}

// CommentTree is a comment with those that answer it.
type CommentTree struct {
	Comment  Comment        `json:"comment"`
	Children []*CommentTree `json:"children"`
}

// ListedComment is a comment as those see it who look after comments.
type ListedComment struct {
	ID                 int64          `json:"id"`
	URL                string         `json:"url"`
	Text               string         `json:"text"`
	ThreadID           int64          `json:"threadId"`
	InReplyToCommentID *int64         `json:"inReplyToCommentId"`
	VideoID            int64          `json:"videoId"`
	CreatedAt          Time           `json:"createdAt"`
	UpdatedAt          Time           `json:"updatedAt"`
	HeldForReview      bool           `json:"heldForReview"`
	AutomaticTags      []string       `json:"automaticTags"`
	Video              CommentedVideo `json:"video"`
	Account            *Account       `json:"account"`
}

// CommentedVideo is the video of a listed comment.
type CommentedVideo struct {
	ID   int64  `json:"id"`
	UUID string `json:"uuid"`
	Name string `json:"name"`
}

// CommentURL is the ActivityPub id of a comment below a local video.
func (s Site) CommentURL(film kernel.VideoID, number int64) string {
	return s.URL + "/videos/watch/" + film.String() + "/comments/" + strconv.FormatInt(number, 10)
}

// Comment shapes a comment. The text is Markdown as it was typed: clients render it, and must not trust it.
func (s Site) Comment(c catalog.Comment) Comment {
	return Comment{
		ID: c.Number, URL: s.CommentURL(c.VideoID, c.Number), Text: c.Text, ThreadID: c.Thread, InReplyToCommentID: answered(c),
		VideoID: c.VideoNumber, CreatedAt: Time(c.CreatedAt), UpdatedAt: Time(c.UpdatedAt), DeletedAt: TimeOrNull(c.DeletedAt),
		HeldForReview: c.HeldForReview, IsDeleted: c.DeletedAt != nil, TotalRepliesFromVideoAuthor: c.RepliesOfAuthor,
		TotalReplies: c.Replies, Account: s.authorOf(c),
	}
}

// CommentTree shapes a thread, of which each comment stands after what it answers. Answers to what is not shown are left out.
func (s Site) CommentTree(thread []catalog.Comment) *CommentTree {
	known := make(map[int64]*CommentTree, len(thread))
	for _, c := range thread {
		node := &CommentTree{Comment: s.Comment(c), Children: []*CommentTree{}}
		if parent := known[c.InReplyTo]; parent != nil {
			parent.Children = append(parent.Children, node)
		} else if !c.BeginsThread() {
			continue
		}
		known[c.Number] = node
	}
	return known[thread[0].Number]
}

// ListedComment shapes a comment for those who look after comments.
func (s Site) ListedComment(c catalog.Comment) ListedComment {
	return ListedComment{
		ID: c.Number, URL: s.CommentURL(c.VideoID, c.Number), Text: c.Text, ThreadID: c.Thread, InReplyToCommentID: answered(c),
		VideoID: c.VideoNumber, CreatedAt: Time(c.CreatedAt), UpdatedAt: Time(c.UpdatedAt), HeldForReview: c.HeldForReview,
		AutomaticTags: []string{}, Account: s.authorOf(c),
		Video: CommentedVideo{ID: c.VideoNumber, UUID: c.VideoID.String(), Name: c.VideoName},
	}
}

func answered(c catalog.Comment) *int64 {
	if c.BeginsThread() {
		return nil
	}
	return &c.InReplyTo
}

func (s Site) authorOf(c catalog.Comment) *Account {
	if c.Account == nil {
		return nil
	}
	shaped := s.Account(*c.Account)
	return &shaped
}
