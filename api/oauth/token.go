package oauth

import (
	"crypto/subtle"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"time"

	"vidilog/domain/kernel"
	"vidilog/internal/httpx"
	"vidilog/internal/ops/tokens"
	"vidilog/internal/passwords"
)

// maxForm bounds the body of a login.
const maxForm = 100 << 10

// answer is the body of a successful login, in PeerTube's order.
type answer struct {
	TokenType             string `json:"token_type"`
	AccessToken           string `json:"access_token"`
	RefreshToken          string `json:"refresh_token"`
	ExpiresIn             int64  `json:"expires_in"`
	RefreshTokenExpiresIn int64  `json:"refresh_token_expires_in"`
}

// token answers POST /api/v1/users/token, form-encoded only.
func (a *API) token(w http.ResponseWriter, r *http.Request) error {
	form, err := readForm(w, r)
	if err != nil {
		return err
	}
	if err := a.checkClient(r, form); err != nil {
		return err
	}
	var pair tokens.Pair
	switch form.Get("grant_type") {
	case "password":
		pair, err = a.password(r, form)
	case "refresh_token":
		pair, err = a.refresh(r, form)
	case "":
		return refuse("invalid_request", "Missing parameter: `grant_type`")
	default:
		return refuse("unsupported_grant_type", "Unsupported grant type: `grant_type` is invalid")
	}
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Pragma", "no-cache")
	return httpx.JSON(w, r, http.StatusOK, answer{
		TokenType: "Bearer", AccessToken: pair.Access, RefreshToken: pair.Refresh,
		ExpiresIn: seconds(pair.AccessExpiresIn), RefreshTokenExpiresIn: seconds(pair.RefreshExpiresIn),
	})
}

// seconds rounds down to what is left when the answer arrives, as PeerTube does.
func seconds(d time.Duration) int64 { return int64(d/time.Second) - 1 }

func refuse(code, detail string) error {
	return kernel.Refuse(kernel.CodeInvalid, "%s", detail).WithAPICode(code)
}

func readForm(w http.ResponseWriter, r *http.Request) (url.Values, error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "application/x-www-form-urlencoded" {
		return nil, refuse("invalid_request", "Invalid request: content must be application/x-www-form-urlencoded")
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return nil, err
		}
		return nil, refuse("invalid_request", "Invalid request: the form cannot be read")
	}
	return r.PostForm, nil
}

func (a *API) checkClient(r *http.Request, form url.Values) error {
	id, secret, found, err := a.Instance.Client(r.Context())
	if err != nil {
		return err
	}
	same := subtle.ConstantTimeCompare([]byte(id+"\x00"+secret), []byte(form.Get("client_id")+"\x00"+form.Get("client_secret")))
	if !found || same != 1 {
		return refuse("invalid_client", "Invalid client: client is invalid")
	}
	return nil
}

func (a *API) password(r *http.Request, form url.Values) (tokens.Pair, error) {
	name, password := form.Get("username"), form.Get("password")
	if name == "" || password == "" {
		return tokens.Pair{}, refuse("invalid_request", "Missing parameter: `username` or `password`")
	}
	invalid := refuse("invalid_grant", "Invalid grant: user credentials are invalid")
	c, found, err := a.Users.Credentials(r.Context(), name)
	if err != nil {
		return tokens.Pair{}, err
	}
	// Somebody unknown has no hash, which takes as long to compare with.
	if !passwords.Matches(c.PasswordHash, password) || !found {
		return tokens.Pair{}, invalid
	}
	if c.User.Blocked {
		return tokens.Pair{}, refuse("account_blocked", "User is blocked.")
	}
	if v := c.User.EmailVerified; v != nil && !*v && a.NeedsVerified() {
		return tokens.Pair{}, refuse("email_not_verified", "User email is not verified.")
	}
	return a.Tokens.Issue(r.Context(), c.User.ID.UUID)
}

func (a *API) refresh(r *http.Request, form url.Values) (tokens.Pair, error) {
	invalid := refuse("invalid_grant", "Invalid grant: refresh token is invalid")
	id, pair, err := a.Tokens.Refresh(r.Context(), form.Get("refresh_token"))
	if errors.Is(err, tokens.ErrUnknown) {
		return tokens.Pair{}, invalid
	}
	if err != nil {
		return tokens.Pair{}, err
	}
	u, err := a.Users.User(r.Context(), kernel.UserID{UUID: id})
	if err == nil && (!u.Exists || u.Blocked) {
		err = errors.Join(invalid, a.Tokens.RevokeAll(r.Context(), id, ""))
	}
	return pair, err
}
