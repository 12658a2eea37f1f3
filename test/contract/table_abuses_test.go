package contract_test

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"vidilog/test/e2e/instance"
)

// anAbuse is a report of the owner's about the video that rows share, made for the row.
func anAbuse(ctx context.Context, w *world) (string, error) {
	film, err := theVideo(ctx, w)
	if err != nil {
		return "", err
	}
	return posted(ctx, w.clients[owner], "/api/v1/abuses", `{"video":{"id":"`+film+`"},"reason":"not nice","predefinedReasons":["captions"]}`)
}

// theAbuse is the one that rows share.
var theAbuse = once("abuse", anAbuse)

// ownMessage is a message of the owner's about the report that rows share, made for the row.
func ownMessage(ctx context.Context, w *world) (string, error) {
	id, err := theAbuse(ctx, w)
	if err != nil {
		return "", err
	}
	return posted(ctx, w.clients[owner], "/api/v1/abuses/"+id+"/messages", `{"message":"why?"}`)
}

// posted posts a body and answers the integer in the only member of the answer.
func posted(ctx context.Context, as *instance.Client, path, body string) (string, error) {
	answer, err := as.Do(ctx, http.MethodPost, path, strings.NewReader(body), "Content-Type", "application/json")
	made, err := decode[map[string]struct {
		ID int64 `json:"id"`
	}](answer, err)
	for _, one := range made {
		return strconv.FormatInt(one.ID, 10), err
	}
	return "", err
}

// accountNumber is the integer of an ordinary user's account.
func accountNumber(ctx context.Context, w *world) (string, error) {
	answer, err := w.clients[anonymous].Do(ctx, http.MethodGet, "/api/v1/accounts/"+stranger.String(), nil)
	found, err := decode[struct {
		ID int64 `json:"id"`
	}](answer, err)
	return strconv.FormatInt(found.ID, 10), err
}

// abuseRows are the routes of reports of abuse. The owner is who reports.
func abuseRows() []row {
	const (
		abuses   = "/api/v1/abuses"
		abuse    = abuses + "/{id}"
		messages = abuse + "/messages"
	)
	return []row{
		route(http.MethodPost, abuses, users(http.StatusOK)).called("of a video").with("film", theVideo).
			json(`{"video":{"id":"{film}","startAt":1,"endAt":2},"reason":"not nice","predefinedReasons":["captions"]}`),
		route(http.MethodPost, abuses, users(http.StatusOK)).called("of an account").with("account", accountNumber).
			json(`{"account":{"id":{account}},"reason":"not nice"}`),
		route(http.MethodPost, abuses, users(http.StatusOK)).called("of a comment").with("comment", aComment).
			json(`{"comment":{"id":{comment}},"reason":"not nice"}`),
		route(http.MethodPost, abuses, users(http.StatusNotFound)).called("of a comment that is not there").
			json(`{"comment":{"id":999999},"reason":"not nice"}`),
		route(http.MethodPost, abuses, users(http.StatusBadRequest)).called("of nothing").json(`{"reason":"not nice"}`),
		route(http.MethodGet, abuses, moderators(http.StatusOK)).with("id", theAbuse).asking("sort=-createdAt"),
		route(http.MethodGet, abuses, moderators(http.StatusBadRequest)).called("in a state that there is not").asking("state=4"),
		route(http.MethodGet, "/api/v1/users/me/abuses", users(http.StatusOK)).with("id", theAbuse),
		route(http.MethodPut, abuse, moderators(http.StatusNoContent)).with("id", theAbuse).json(`{"state":3,"moderationComment":"seen"}`),
		route(http.MethodDelete, abuse, moderators(http.StatusNoContent)).with("id", anAbuse),
		route(http.MethodPost, messages, owners(http.StatusOK)).with("id", theAbuse).json(`{"message":"why?"}`),
		route(http.MethodGet, messages, owners(http.StatusOK)).with("id", theAbuse),
		route(http.MethodDelete, messages+"/{messageId}", owners(http.StatusNoContent)).with("id", theAbuse).with("messageId", ownMessage),
	}
}
