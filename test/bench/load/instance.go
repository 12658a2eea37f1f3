package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// loopback answers the base URL when it leads nowhere but to this machine. Names are not looked up: what they mean may change
// between the look and the request.
func loopback(base string) (*url.URL, error) {
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "http" || u.Host == "" {
		return nil, fmt.Errorf("--base is %q; it must be http://127.0.0.1:PORT", base)
	}
	ip, err := netip.ParseAddr(u.Hostname())
	if err != nil || !ip.IsLoopback() {
		return nil, fmt.Errorf("--base is %q; load is sent to loopback addresses only, such as http://127.0.0.1:9000", base)
	}
	return &url.URL{Scheme: "http", Host: u.Host}, nil
}

// answerLimit bounds what is read of an answer.
const answerLimit = 64 << 20

// instance is the server under test and our session there.
type instance struct {
	base   *url.URL
	client *http.Client
	token  string
}

// newInstance makes clients that keep their connections, take answers as they are and follow no redirect elsewhere.
func newInstance(base *url.URL, connections int) *instance {
	dialer := net.Dialer{Timeout: 5 * time.Second}
	return &instance{base: base, client: &http.Client{
		Timeout: 20 * time.Second, // a request that hangs is an error, not the end of the run
		Transport: &http.Transport{
			MaxIdleConns: connections, MaxIdleConnsPerHost: connections, MaxConnsPerHost: connections, DisableCompression: true,
			DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
				return dialer.DialContext(ctx, network, base.Host)
			},
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// request makes a request to a path below the base, with the session if there is one.
func (i *instance) request(ctx context.Context, method, path string, body []byte, contentType string) (*http.Request, error) {
	u := i.base.String() + path
	r, err := http.NewRequestWithContext(ctx, method, u, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, path, err)
	}
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	if i.token != "" {
		r.Header.Set("Authorization", "Bearer "+i.token)
	}
	return r, nil
}

// answer is a whole answer.
type answer struct {
	status      int
	contentType string
	body        []byte
	// marker must be in the body; isSkimmed says that the body need not be checked as a whole.
	marker    []byte
	isSkimmed bool
}

func (i *instance) do(r *http.Request, err error) (answer, error) {
	if err != nil {
		return answer{}, err
	}
	response, err := i.client.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, answerLimit))
	return answer{status: response.StatusCode, contentType: response.Header.Get("Content-Type"), body: body}, err
}

// ask sends a request that must succeed and reads its JSON into the target, unless that is nil.
func (i *instance) ask(ctx context.Context, method, path string, body []byte, contentType string, target any) error {
	a, err := i.do(i.request(ctx, method, path, body, contentType))
	if err != nil {
		return err
	}
	if a.status < 200 || a.status > 299 {
		return fmt.Errorf("%s %s answered %d: %.300s", method, path, a.status, a.body)
	}
	if target == nil {
		return nil
	}
	if err := json.Unmarshal(a.body, target); err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	return nil
}

func (i *instance) get(ctx context.Context, path string, target any) error {
	return i.ask(ctx, http.MethodGet, path, nil, "", target)
}

// login opens a session as a browser would.
func (i *instance) login(ctx context.Context, user, password string) error {
	var client struct {
		ID     string `json:"client_id"`
		Secret string `json:"client_secret"`
	}
	if err := i.get(ctx, "/api/v1/oauth-clients/local", &client); err != nil {
		return err
	}
	form := url.Values{
		"client_id": {client.ID}, "client_secret": {client.Secret}, "grant_type": {"password"}, "response_type": {"code"},
		"username": {user}, "password": {password},
	}
	var token struct {
		Access string `json:"access_token"`
	}
	const formType = "application/x-www-form-urlencoded"
	if err := i.ask(ctx, http.MethodPost, "/api/v1/users/token", []byte(form.Encode()), formType, &token); err != nil {
		return err
	}
	if token.Access == "" {
		return errors.New("the login answered no access token")
	}
	i.token = token.Access
	return nil
}

// uploadBody is the form of an upload; it is small enough to be kept.
func uploadBody(media []byte, name string, channel int64) (body []byte, contentType string, err error) {
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	for _, field := range [][2]string{
		{"name", name}, {"channelId", fmt.Sprint(channel)}, {"privacy", "1"}, {"waitTranscoding", "false"}, {"commentsPolicy", "1"},
	} {
		_ = w.WriteField(field[0], field[1]) // a buffer takes everything
	}
	header := map[string][]string{
		"Content-Disposition": {`form-data; name="videofile"; filename="bench.mp4"`},
		"Content-Type":        {"video/mp4"},
	}
	part, err := w.CreatePart(header)
	if err != nil {
		return nil, "", fmt.Errorf("form of an upload: %w", err)
	}
	_, _ = part.Write(media)
	if err := w.Close(); err != nil {
		return nil, "", fmt.Errorf("form of an upload: %w", err)
	}
	return form.Bytes(), w.FormDataContentType(), nil
}

// pathOf takes the path of an absolute URL that an instance gives for its own things.
func pathOf(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || !strings.HasPrefix(u.Path, "/") {
		return "", fmt.Errorf("the instance gave %q as an address of its own", address)
	}
	return u.EscapedPath(), nil
}
