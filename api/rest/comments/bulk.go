package comments

import (
	"net/http"
	"strings"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	commandscomment "vidilog/commands/comment"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
)

// removeOf answers POST /api/v1/bulk/remove-comments-of, when the comments are gone; PeerTube answers before.
func (a *API) removeOf(w http.ResponseWriter, r *http.Request) error {
	fields, err := decode.Body(w, r)
	if err != nil {
		return err
	}
	handle, _ := fields.Text("accountName")
	if handle == nil || *handle == "" {
		fields.Refuse("accountName", "Invalid value")
	}
	scope, _ := fields.Text("scope")
	if scope == nil || *scope != "my-videos" && *scope != "instance" {
		fields.Refuse("scope", "Invalid value")
	}
	if err := fields.Err(); err != nil {
		return err
	}
	name, host, isWhole := strings.Cut(*handle, "@")
	if isWhole && !strings.EqualFold(host, a.Site.Host) {
		return kernel.NotFound("Account not found")
	}
	account, err := a.Catalog.Account(r.Context(), name)
	if err != nil {
		return err
	}
	everywhere := *scope == "instance"
	if everywhere && !authn.Caller(r).Role.Has(user.RightManageAnyComment) {
		return kernel.Forbidden("User cannot remove any comments of this instance.")
	}
	reached, err := a.Commands.RemoveOf(r.Context(), authn.Caller(r), commandscomment.RemoveOf{AccountID: account.ID, Everywhere: everywhere})
	if err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, reached)
}
