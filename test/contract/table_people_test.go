package contract_test

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// clientOf are the keys that a program logs in with.
func clientOf(ctx context.Context, w *world) (id, secret string, err error) {
	_, port, _ := strings.Cut(w.Address, ":")
	answer, err := w.clients[anonymous].Do(ctx, http.MethodGet, "/api/v1/oauth-clients/local", nil, "Host", "localhost:"+port)
	keys, err := decode[struct {
		ID     string `json:"client_id"`
		Secret string `json:"client_secret"`
	}](answer, err)
	return keys.ID, keys.Secret, err
}

// aLogIn is the form of a session for somebody new.
func aLogIn(ctx context.Context, w *world) (string, error) {
	id, secret, err := clientOf(ctx, w)
	if err != nil {
		return "", err
	}
	name := w.name("sleeper")
	if _, err := w.user(ctx, name, 2); err != nil {
		return "", err
	}
	return url.Values{
		"client_id": {id}, "client_secret": {secret}, "grant_type": {"password"}, "username": {name}, "password": {password},
	}.Encode(), nil
}

func plain(text, contentType string) func(*world) (io.Reader, string) {
	return func(*world) (io.Reader, string) { return strings.NewReader(text), contentType }
}

// sessionRows are the routes of logging in.
func sessionRows() []row {
	logIn := route(http.MethodPost, "/api/v1/users/token", all(http.StatusOK)).with("form", aLogIn)
	logIn.body = plain("{form}", "application/x-www-form-urlencoded")
	return []row{
		route(http.MethodGet, "/api/v1/oauth-clients/local", all(http.StatusOK)).saying("Host", "localhost"),
		logIn,
		route(http.MethodPost, "/api/v1/users/revoke-token", [roles]int{401, 200, 200, 200, 200}).with("own", ownSession).
			saying("Authorization", "Bearer {own}"),
	}
}

// peopleRows are the routes of those who look after users.
func peopleRows() []row {
	const (
		people = "/api/v1/users"
		person = people + "/{id}"
	)
	return []row{
		route(http.MethodGet, people, moderators(http.StatusOK)),
		route(http.MethodPost, people, moderators(http.StatusOK)).with("name", aName).
			json(`{"username":"{name}","password":"a long password","email":"{name}@example.org","videoQuota":-1,"videoQuotaDaily":-1,"role":2}`),
		route(http.MethodGet, person, moderators(http.StatusOK)).with("id", once("user "+owner.String(), aUser)),
		route(http.MethodPut, person, moderators(http.StatusNoContent)).with("id", aUser).json(`{"videoQuota":1000}`),
		route(http.MethodDelete, person, moderators(http.StatusNoContent)).with("id", aUser),
		route(http.MethodPost, person+"/block", moderators(http.StatusNoContent)).with("id", aUser).json(`{"reason":"spam"}`),
		route(http.MethodPost, person+"/unblock", moderators(http.StatusNoContent)).with("id", aUser).json(`{}`),
		route(http.MethodGet, people+"/autocomplete", all(http.StatusOK)).asking("search=own"),
		route(http.MethodPost, people+"/register", all(http.StatusNoContent)).with("name", aName).
			json(`{"username":"{name}","password":"a long password","email":"{name}@example.org"}`),
		route(http.MethodGet, people+"/scoped-tokens", users(http.StatusOK)),
		route(http.MethodPost, people+"/scoped-tokens", users(http.StatusOK)),
	}
}

// ownRows are the routes of one's own account.
func ownRows() []row {
	const me = "/api/v1/users/me"
	return []row{
		route(http.MethodGet, me, users(http.StatusOK)),
		route(http.MethodPut, me, users(http.StatusNoContent)).json(`{"autoPlayVideo":false}`),
		route(http.MethodDelete, me, users(http.StatusNoContent)).with("other", newSession).saying("Authorization", "Bearer {other}"),
		route(http.MethodPost, me+"/avatar/pick", users(http.StatusOK)).form("avatarfile", "avatar.jpg", aPicture),
		route(http.MethodDelete, me+"/avatar", users(http.StatusNoContent)),
		route(http.MethodGet, me+"/videos", users(http.StatusOK)),
		route(http.MethodGet, me+"/video-quota-used", users(http.StatusOK)),
		route(http.MethodGet, me+"/videos/{id}/rating", users(http.StatusOK)).with("id", theVideo),
		route(http.MethodGet, me+"/history/videos", users(http.StatusOK)),
		route(http.MethodDelete, me+"/history/videos/{id}", users(http.StatusNoContent)).with("id", theVideoNumber),
		route(http.MethodPost, me+"/history/videos/remove", users(http.StatusNoContent)).json(`{}`),
	}
}

// accountRows are the routes of accounts.
func accountRows() []row {
	const account = "/api/v1/accounts/{handle}"
	of := fixed(owner.String())
	return []row{
		route(http.MethodGet, "/api/v1/accounts", all(http.StatusOK)),
		route(http.MethodGet, account, all(http.StatusOK)).with("handle", of),
		route(http.MethodGet, account+"/videos", all(http.StatusOK)).with("handle", of),
		route(http.MethodGet, account+"/video-channels", all(http.StatusOK)).with("handle", of),
		route(http.MethodGet, account+"/ratings", [roles]int{401, 403, 200, 403, 403}).with("handle", of),
		route(http.MethodGet, account+"/followers", [roles]int{401, 403, 200, 403, 403}).with("handle", of),
	}
}

// channelRows are the routes of channels.
func channelRows() []row {
	const (
		channels = "/api/v1/video-channels"
		channel  = channels + "/{handle}"
	)
	of := fixed(owner.String() + "_channel")
	return []row{
		route(http.MethodGet, channels, all(http.StatusOK)),
		route(http.MethodPost, channels, users(http.StatusOK)).with("name", aName).json(`{"name":"{name}","displayName":"A channel"}`),
		route(http.MethodGet, channel, all(http.StatusOK)).with("handle", of),
		route(http.MethodPut, channel, owners(http.StatusNoContent)).with("handle", aChannel).json(`{"displayName":"Another name"}`),
		route(http.MethodDelete, channel, owners(http.StatusNoContent)).with("handle", aChannel),
		route(http.MethodGet, channel+"/videos", all(http.StatusOK)).with("handle", of),
		route(http.MethodGet, channel+"/followers", owners(http.StatusOK)).with("handle", of),
		route(http.MethodPost, channel+"/avatar/pick", owners(http.StatusOK)).with("handle", aChannel).form("avatarfile", "a.jpg", aPicture),
		route(http.MethodDelete, channel+"/avatar", owners(http.StatusNoContent)).with("handle", aChannel),
		route(http.MethodPost, channel+"/banner/pick", owners(http.StatusOK)).with("handle", aChannel).form("bannerfile", "b.jpg", aPicture),
		route(http.MethodDelete, channel+"/banner", owners(http.StatusNoContent)).with("handle", aChannel),
	}
}
