package actors

import (
	"net/http"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	"vidilog/domain/kernel"
	"vidilog/internal/httpx"
)

// accountFollowers answers GET /api/v1/accounts/{handle}/followers: those of all channels of the account.
func (a *API) accountFollowers(w http.ResponseWriter, r *http.Request) error {
	account, err := a.Catalog.Account(r.Context(), a.localName(r))
	if err == nil && authn.Caller(r).UserID != account.UserID { // not for administrators either, as in PeerTube
		err = kernel.Forbidden("Only a user with sufficient right can access this account resources.")
	}
	if err != nil {
		return err
	}
	return followers(w, r)
}

// channelFollowers answers GET /api/v1/video-channels/{handle}/followers.
func (a *API) channelFollowers(w http.ResponseWriter, r *http.Request) error {
	if _, err := a.managed(r); err != nil {
		return err
	}
	return followers(w, r)
}

// followers is an empty list: there are no follows in the log before federation and subscriptions.
func followers(w http.ResponseWriter, r *http.Request) error {
	if _, err := filterOf(decode.QueryOf(r), "createdAt"); err != nil {
		return err
	}
	return httpx.JSON(w, r, http.StatusOK, page[struct{}]{Data: []struct{}{}})
}
