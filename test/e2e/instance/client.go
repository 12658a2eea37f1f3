package instance

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// Client talks to an instance as a person's program does.
type Client struct {
	base, token string
	http        *http.Client
}

// Anonymous is a client without a session.
func (i *Instance) Anonymous() *Client {
	// Connections are not kept: a server that was killed and started again must not be met on an old one.
	transport := &http.Transport{DisableKeepAlives: true, DisableCompression: true}
	return &Client{base: i.URL(), http: &http.Client{Timeout: 3 * time.Minute, Transport: transport}}
}

// Answer is a whole answer.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Do sends a request; header comes as pairs. Whatever the status, the answer is no error.
func (c *Client) Do(ctx context.Context, method, path string, body io.Reader, header ...string) (Answer, error) {
	request, err := http.NewRequestWithContext(ctx, method, c.base+path, body)
	if err != nil {
		return Answer{}, err
	}
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	for n := 0; n+1 < len(header); n += 2 {
		request.Header.Set(header[n], header[n+1])
	}
	if host := request.Header.Get("Host"); host != "" {
		request.Host = host // net/http takes it from here only
	}
	response, err := c.http.Do(request)
	if err != nil {
		return Answer{}, err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	return Answer{Status: response.StatusCode, Header: response.Header, Body: content}, err
}

// Get reads JSON into target; another status than 200 is an error.
func (c *Client) Get(ctx context.Context, path string, target any) error {
	answer, err := c.Do(ctx, http.MethodGet, path, nil)
	if err != nil {
		return err
	}
	return answer.decode("GET "+path, target)
}

func (a Answer) decode(what string, target any) error {
	if a.Status != http.StatusOK {
		return fmt.Errorf("%s answered %d: %.500s", what, a.Status, a.Body)
	}
	if err := json.Unmarshal(a.Body, target); err != nil {
		return fmt.Errorf("%s: %w in %.200s", what, err, a.Body)
	}
	return nil
}

// LogIn opens a session of the root user.
func (i *Instance) LogIn(ctx context.Context) (*Client, error) {
	c := i.Anonymous()
	_, port, _ := bytes.Cut([]byte(i.Address), []byte(":"))
	answer, err := c.Do(ctx, http.MethodGet, "/api/v1/oauth-clients/local", nil, "Host", "localhost:"+string(port))
	if err != nil {
		return nil, err
	}
	var client struct {
		ID     string `json:"client_id"`
		Secret string `json:"client_secret"`
	}
	if err := answer.decode("GET /api/v1/oauth-clients/local", &client); err != nil {
		return nil, err
	}
	form := url.Values{
		"client_id": {client.ID}, "client_secret": {client.Secret}, "grant_type": {"password"}, "response_type": {"code"},
		"username": {"root"}, "password": {RootPassword},
	}
	answer, err = c.Do(ctx, http.MethodPost, "/api/v1/users/token", bytes.NewBufferString(form.Encode()),
		"Content-Type", "application/x-www-form-urlencoded")
	if err != nil {
		return nil, err
	}
	var token struct {
		Access string `json:"access_token"`
	}
	if err := answer.decode("POST /api/v1/users/token", &token); err != nil {
		return nil, err
	}
	c.token = token.Access
	return c, nil
}
