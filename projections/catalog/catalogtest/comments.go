package catalogtest

import (
	"fmt"
	"iter"
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

// comments are told when all videos are there, below every fifth that stands.
func (s Shape) comments(at time.Time, standing []bool) iter.Seq[story] {
	return func(yield func(story) bool) {
		last := int64(0)
		for n := int64(1); n < int64(len(standing)); n++ {
			if !standing[n] {
				continue
			}
			last = n
			if at = at.Add(time.Minute); n%5 == 1 && !yield(s.discussed(at, n)) {
				return
			}
		}
		if last == 0 {
			return
		}
		for _, story := range commentator(at.Add(time.Minute), last, int64(len(standing))) {
			if !yield(story) {
				return
			}
		}
	}
}

// discussed are two people talking below a video: one is answered, held for review and approved, one deletes what was said.
func (s Shape) discussed(at time.Time, video int64) story {
	id, number := VideoID(video), commentsOf(video)
	one, other := authorOf(personOf(1+video%s.users())), authorOf(personOf(1+(video/2)%s.users()))
	events := []kernel.Event{
		comment.ThreadStarted{CommentID: number(0), VideoID: id, Author: one, Text: kernel.Personal(fmt.Sprintf("Thought %d", video))},
		comment.Replied{
			CommentID: number(1), ThreadID: number(0), InReplyTo: number(0), VideoID: id, Author: other, Text: "Held", HeldForReview: true,
		},
		comment.Replied{CommentID: number(2), ThreadID: number(0), InReplyTo: number(0), VideoID: id, Author: one, Text: "Another thought"},
	}
	switch video % 3 {
	case 0:
		events = append(events, comment.Approved{CommentID: number(1), VideoID: id},
			comment.Replied{CommentID: number(3), ThreadID: number(0), InReplyTo: number(1), VideoID: id, Author: one, Text: "So it is"})
	case 1:
		events = append(events, comment.Deleted{CommentID: number(0), VideoID: id, By: comment.ByAuthor})
	default:
		events = append(events, comment.Deleted{CommentID: number(1), VideoID: id, By: comment.ByModerator, WasHeld: true})
	}
	return story{at: at, steps: []step{{
		actor: kernel.System("comments"), correlation: derived("comments", video), causedBy: -1, parts: []part{{threadOf(video), events}},
	}}}
}

// commentator is somebody who comes, writes below a video and is gone with everything that they have written.
func commentator(at time.Time, video, thread int64) []story {
	p, id, number := personOf(passerBy), VideoID(video), commentsOf(thread)
	writes := step{actor: kernel.ByUser(p.user), correlation: derived("comments", thread), causedBy: -1, parts: []part{
		{threadOf(thread), []kernel.Event{
			comment.ThreadStarted{CommentID: number(0), VideoID: id, Author: authorOf(p), Text: "Hello"},
			comment.Replied{CommentID: number(1), ThreadID: number(0), InReplyTo: number(0), VideoID: id, Author: authorOf(personOf(1)), Text: "Hi"},
			comment.Replied{
				CommentID: number(2), ThreadID: number(0), InReplyTo: number(1), VideoID: id, Author: authorOf(p), Text: "Bye", HeldForReview: true,
			},
		}},
	}}
	goes := step{actor: kernel.System("visit"), correlation: derived("comments", thread), causedBy: -1, parts: []part{
		{p.user.Stream(), []kernel.Event{user.Deleted{UserID: p.user, AccountID: p.account}}},
		{playlist.WatchLaterOf(p.account).Stream(), []kernel.Event{playlist.Deleted{PlaylistID: playlist.WatchLaterOf(p.account)}}},
		{p.account.Stream(), []kernel.Event{account.Deleted{AccountID: p.account}}},
	}}
	cleared := step{actor: kernel.System("visit"), correlation: derived("comments", thread), causedBy: -1, parts: []part{
		{threadOf(thread), []kernel.Event{
			comment.Deleted{CommentID: number(0), VideoID: id, By: comment.WithAccount},
			comment.Deleted{CommentID: number(2), VideoID: id, By: comment.WithAccount, WasHeld: true},
		}},
		{p.account.Stream(), []kernel.Event{account.CommentsRemoved{AccountID: p.account, Comments: 2}}},
	}}
	return []story{newcomer(at, passerBy), {at: at.Add(time.Minute), steps: []step{writes, goes, cleared}}}
}
