package contract_test

import (
	"context"
	"fmt"
	"net/http"
)

// comment writes below a video as a role and answers the number of the comment. Its answer is not what is looked at here.
func comment(ctx context.Context, w *world, as role, video string) (string, error) {
	return posted(ctx, w.clients[as].Unobserved(), "/api/v1/videos/"+video+"/comment-threads", `{"text":"A comment"}`)
}

// aComment is the stranger's, new for each that asks.
func aComment(ctx context.Context, w *world) (string, error) {
	video, err := theVideo(ctx, w)
	if err != nil {
		return "", err
	}
	return comment(ctx, w, stranger, video)
}

// theComment is one that rows share.
var theComment = once("comment", aComment)

// aReviewedVideo is one of the owner's whose comments wait for approval.
var aReviewedVideo = once("reviewed video", pictured(func(ctx context.Context, w *world) (string, error) {
	return w.upload(ctx, "commentsPolicy", "3")
}))

var aClosedVideo = once("video without comments", pictured(func(ctx context.Context, w *world) (string, error) {
	return w.upload(ctx, "commentsPolicy", "2")
}))

// aHeldComment waits for approval, new for each that asks.
func aHeldComment(ctx context.Context, w *world) (string, error) {
	video, err := aReviewedVideo(ctx, w)
	if err != nil {
		return "", err
	}
	return comment(ctx, w, stranger, video)
}

// commentRows are the routes of what people write below videos.
func commentRows() []row {
	const threads, one, says = videoPath + "/comment-threads", videoPath + "/comments/{commentId}", `{"text":"A **comment**"}`
	const mine, everybodys = "/api/v1/users/me/videos/comments", "/api/v1/videos/comments"
	conflict := [roles]int{401, 409, 409, 409, 409}
	remove := "/api/v1/bulk/remove-comments-of"
	body := func(scope string) string { return fmt.Sprintf(`{"accountName":%q,"scope":%q}`, stranger, scope) }
	return []row{
		route(http.MethodPost, threads, users(http.StatusOK)).with("id", theVideo).json(says),
		route(http.MethodPost, threads, conflict).called("where there shall be none").with("id", aClosedVideo).json(says),
		route(http.MethodPost, threads, [roles]int{401, 403, 200, 200, 200}).called("of a private video").with("id", aPrivateVideo).json(says),
		route(http.MethodPost, threads, users(http.StatusBadRequest)).called("without text").with("id", theVideo).json(`{}`),
		route(http.MethodGet, threads, all(http.StatusOK)).with("id", theVideo),
		route(http.MethodGet, threads, [roles]int{401, 403, 200, 200, 200}).called("of a private video").with("id", aPrivateVideo),
		route(http.MethodGet, threads+"/{threadId}", all(http.StatusOK)).with("id", theVideo).with("threadId", theComment),
		route(http.MethodGet, threads+"/{threadId}", all(http.StatusNotFound)).called("that is none").with("id", theVideo).
			with("threadId", fixed("4711")),
		route(http.MethodGet, threads+"/{threadId}", all(http.StatusBadRequest)).called("of another video").with("id", aClosedVideo).
			with("threadId", theComment),
		route(http.MethodPost, one, users(http.StatusOK)).with("id", theVideo).with("commentId", theComment).json(says),
		route(http.MethodDelete, one, [roles]int{401, 204, 204, 204, 204}).called("of the stranger's").with("id", theVideo).
			with("commentId", aComment),
		route(http.MethodDelete, one, [roles]int{401, 403, 204, 204, 204}).called("of the owner's").with("id", theVideo).
			with("commentId", func(ctx context.Context, w *world) (string, error) {
				video, err := theVideo(ctx, w)
				if err != nil {
					return "", err
				}
				return comment(ctx, w, owner, video)
			}),
		route(http.MethodPost, one+"/approve", owners(http.StatusNoContent)).with("id", aReviewedVideo).with("commentId", aHeldComment),
		route(http.MethodGet, mine, users(http.StatusOK)),
		route(http.MethodGet, mine, [roles]int{401, 403, 200, 200, 200}).called("of the owner's video").asking("videoId={id}").
			with("id", theVideo),
		route(http.MethodGet, everybodys, moderators(http.StatusOK)).asking("search=comment&isLocal=true&onLocalVideo=true"),
		route(http.MethodPost, remove, users(http.StatusNoContent)).called("below one's own videos").json(body("my-videos")),
		route(http.MethodPost, remove, moderators(http.StatusNoContent)).called("everywhere").json(body("instance")),
	}
}
