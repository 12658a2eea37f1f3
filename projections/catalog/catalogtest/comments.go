package catalogtest

import (
	"fmt"
	"time"

	"vidilog/domain/account"
	"vidilog/domain/comment"
	"vidilog/domain/kernel"
	"vidilog/domain/playlist"
	"vidilog/domain/user"
)

// passerBy is the number of somebody who comments the last video and goes.
const passerBy = guest + 1

func authorOf(p person) comment.Author { return comment.Author{AccountID: p.account, UserID: p.user} }

// commentsOf numbers the comments of a story, which has fewer than ten.
func commentsOf(story int64) func(n int64) int64 { return func(n int64) int64 { return 10*story + n } }

func threadOf(story int64) kernel.StreamID {
	return kernel.CommentThreadID{UUID: derived("thread", story)}.Stream()
}

// discussed are two people talking below a video: one is answered, held for review and approved, one deletes what was said.
func (s Shape) discussed(id kernel.VideoID, story int64) []part {
	number := commentsOf(story)
	one, other := authorOf(personOf(1+story%s.users())), authorOf(personOf(1+(story/2)%s.users()))
	events := []kernel.Event{
		comment.ThreadStarted{CommentID: number(0), VideoID: id, Author: one, Text: kernel.Personal(fmt.Sprintf("Thought %d", story))},
		comment.Replied{
			CommentID: number(1), ThreadID: number(0), InReplyTo: number(0), VideoID: id, Author: other, Text: "Held", HeldForReview: true,
		},
		comment.Replied{CommentID: number(2), ThreadID: number(0), InReplyTo: number(0), VideoID: id, Author: one, Text: "Another thought"},
	}
	switch story % 3 {
	case 0:
		events = append(events, comment.Approved{CommentID: number(1), VideoID: id},
			comment.Replied{CommentID: number(3), ThreadID: number(0), InReplyTo: number(1), VideoID: id, Author: one, Text: "So it is"})
	case 1:
		events = append(events, comment.Deleted{CommentID: number(0), VideoID: id, By: comment.ByAuthor})
	default:
		events = append(events, comment.Deleted{CommentID: number(1), VideoID: id, By: comment.ByModerator, WasHeld: true})
	}
	return []part{{threadOf(story), events}}
}

// commentator is somebody who comes, writes below a video and is gone with everything that they have written.
func commentator(at time.Time, id kernel.VideoID, videos int64) []story {
	p, story1, number := personOf(passerBy), videos+1, commentsOf(videos+1)
	writes := step{actor: kernel.ByUser(p.user), correlation: derived("comments", story1), causedBy: -1, parts: []part{
		{threadOf(story1), []kernel.Event{
			comment.ThreadStarted{CommentID: number(0), VideoID: id, Author: authorOf(p), Text: "Hello"},
			comment.Replied{CommentID: number(1), ThreadID: number(0), InReplyTo: number(0), VideoID: id, Author: authorOf(personOf(1)), Text: "Hi"},
			comment.Replied{
				CommentID: number(2), ThreadID: number(0), InReplyTo: number(1), VideoID: id, Author: authorOf(p), Text: "Bye", HeldForReview: true,
			},
		}},
	}}
	goes := step{actor: kernel.System("visit"), correlation: derived("comments", story1), causedBy: -1, parts: []part{
		{p.user.Stream(), []kernel.Event{user.Deleted{UserID: p.user, AccountID: p.account}}},
		{playlist.WatchLaterOf(p.account).Stream(), []kernel.Event{playlist.Deleted{PlaylistID: playlist.WatchLaterOf(p.account)}}},
		{p.account.Stream(), []kernel.Event{account.Deleted{AccountID: p.account}}},
	}}
	cleared := step{actor: kernel.System("visit"), correlation: derived("comments", story1), causedBy: -1, parts: []part{
		{threadOf(story1), []kernel.Event{
			comment.Deleted{CommentID: number(0), VideoID: id, By: comment.WithAccount},
			comment.Deleted{CommentID: number(2), VideoID: id, By: comment.WithAccount, WasHeld: true},
		}},
		{p.account.Stream(), []kernel.Event{account.CommentsRemoved{AccountID: p.account, Comments: 2}}},
	}}
	return []story{newcomer(at, passerBy), {at: at.Add(time.Minute), steps: []step{writes, goes, cleared}}}
}
